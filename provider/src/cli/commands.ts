// The commands and what they have in common.
import { Command } from "commander";
import { addDoctor } from "./doctor";
import { EXIT_CODES_HELP } from "./exitCodes";
import { addExport } from "./export";
import { addList } from "./list";
import { addUnmanaged } from "./unmanaged";

export function commands(): Command {
  const { version } = require("../../package.json") as { version: string };
  const command = new Command("datadog-seats")
    .description("Who holds the seats of a Datadog product, and who owns them.")
    .version(version)
    .helpCommand(false)
    .addHelpText("afterAll", EXIT_CODES_HELP)
    .exitOverride();
  addList(command);
  addExport(command);
  addUnmanaged(command);
  addDoctor(command);
  return command;
}
