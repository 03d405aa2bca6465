// The command `datadog-seats`.
import { Command, CommanderError } from "commander";
import { addDoctor } from "./doctor";
import { addExport } from "./export";
import { addList } from "./list";
import { EXIT_CODES_HELP, FAILED, log, WRONG_USAGE } from "./output";
import { addReport } from "./report";
import { addUnmanaged } from "./unmanaged";

process.stdout.on("error", ({ code, message }: NodeJS.ErrnoException) => {
  // The reader needs no more, as in `| head`.
  if (code === "EPIPE") return;
  log(`error: Could not write the result: ${message}.`);
  process.exit(FAILED);
});
// There is nobody left to tell.
process.stderr.on("error", () => {});

command()
  .parseAsync()
  .catch((error: Error) => {
    if (error instanceof CommanderError) {
      // Commander has printed what is wrong, or what was asked for.
      process.exitCode = error.exitCode ? WRONG_USAGE : 0;
      return;
    }
    log(`error: ${error.message}`);
    process.exitCode = FAILED;
  });

function command(): Command {
  const { version } = require("../../package.json") as { version: string };
  const program = new Command("datadog-seats")
    .description("Who holds the seats of a Datadog product, and who owns them.")
    .version(version)
    .helpCommand(false)
    .addHelpText("afterAll", EXIT_CODES_HELP)
    .exitOverride();
  addList(program);
  addExport(program);
  addReport(program);
  addUnmanaged(program);
  addDoctor(program);
  return program;
}
