// Runs the command, and ends with its exit code.
import { CommanderError } from "commander";
import { command } from "./command";
import { FAILED, log, WRONG_USAGE } from "./stdio";

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
