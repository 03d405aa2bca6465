// The command `pulumi-datadog-seats`, whose commands the executable of the native plugin has too.
import { Command } from "commander";
import { addDoctor } from "./doctor";
import { addExport } from "./export";
import { addList } from "./list";
import { addReport } from "./report";
import { print, printAside } from "./stdio";

const HELP = `
Exit codes:
  0  fine
  1  failed: the reason is on stderr
  2  wrong usage
  3  \`report\` found what --only or --fail-on names, or a check of \`doctor\` did not pass

The keys and the site are the environment's: DD_API_KEY and DD_APP_KEY, or DD_BEARER_TOKEN, and DD_SITE or DD_HOST. With
--config-stack, those in that stack's configuration come first.`;

/** Ends with CommanderError where it is used wrongly, after it has printed what is wrong. */
export function command(): Command {
  const { version } = require("../../package.json") as { version: string };
  // Without a name, because help calls it by that of the executable.
  const program = new Command()
    .description("Show who holds the seats of Datadog products, and which stacks own them.")
    .version(version)
    .helpCommand(false)
    .addHelpText("afterAll", HELP)
    .configureOutput({ writeOut: print, writeErr: printAside })
    .exitOverride();
  addList(program);
  addExport(program);
  addReport(program);
  addDoctor(program);
  return program;
}
