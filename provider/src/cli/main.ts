#!/usr/bin/env node
// The command `datadog-seats`.
import { CommanderError } from "commander";
import { commands } from "./commands";
import { FAILED, WRONG_USAGE } from "./exitCodes";
import { note } from "./output";

process.stdout.on("error", ({ code, message }: NodeJS.ErrnoException) => {
  // Whoever reads has seen enough: `| head`.
  if (code === "EPIPE") return;
  note(`error: Could not write the result: ${message}.`);
  process.exit(FAILED);
});
// There is nobody to tell.
process.stderr.on("error", () => {});

commands()
  .parseAsync()
  .catch((error: Error) => {
    if (error instanceof CommanderError) {
      // Commander has said what is wrong, or shown what was asked for.
      process.exitCode = error.exitCode ? WRONG_USAGE : 0;
      return;
    }
    note(`error: ${error.message}`);
    process.exitCode = FAILED;
  });
