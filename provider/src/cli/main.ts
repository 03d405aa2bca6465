// The command `pulumi-datadog-seats`, whose commands the executable of the native plugin has too.
import { Command, CommanderError } from "commander";
import { addDoctor } from "./doctor";
import { addExport } from "./export";
import { addList } from "./list";
import { addReport } from "./report";
import { FAILED, log, WRONG_USAGE } from "./stdio";

const HELP = `
Exit codes:
  0  fine
  1  failed: the reason is on stderr
  2  wrong usage
  3  \`report\` found what --only or --fail-on names, or a check of \`doctor\` did not pass

The keys and the site are the environment's: DD_API_KEY and DD_APP_KEY, or DD_BEARER_TOKEN, and DD_SITE or DD_HOST. With
--config-stack, those in that stack's configuration come first.`;

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
  // Without a name, because help calls it by that of the executable.
  const program = new Command()
    .description("Show who holds the seats of Datadog products, and which stacks own them.")
    .version(version)
    .helpCommand(false)
    .addHelpText("afterAll", HELP)
    .exitOverride();
  addList(program);
  addExport(program);
  addReport(program);
  addDoctor(program);
  return program;
}
