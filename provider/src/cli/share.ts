// `datadog-seats share`: runs a command whose stacks share what the resources of one stack share.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import type { Command } from "commander";
import { SeatsError } from "../model/errors";
import { SeatsShare } from "../share/seatsShare";
import { log } from "./output";

const HELP = `
The exit code is the command's. A stack takes part when it has the keys and the API's URL of this environment, by its
configuration or by the same environment; every other stack goes to Datadog itself.`;

const NOT_USED =
  "The share was not used: the stacks needed nothing from Datadog, or they have other keys, another site or another version of pulumi-datadog-seats.";

export function addShare(program: Command): void {
  program
    .command("share")
    .description("Run a command; its stacks share one listing of each product and one rate limit.")
    .argument("<command...>", "the command with its arguments, after --")
    .usage("-- <command...>")
    .addHelpText("after", HELP)
    .action(async ([file = "", ...args]: string[]) => {
      const share = await SeatsShare.start({ log });
      const code = await run(file, args, share.environment).finally(() => share.stop());
      if (!share.isUsed) log(NOT_USED);
      // A wait for the rate limit may be left of a stack that was killed.
      process.exit(code);
    });
}

/** Runs a command on this terminal. Returns its exit code, or that of a shell when a signal ended it. */
async function run(file: string, args: string[], environment: NodeJS.ProcessEnv): Promise<number> {
  // The terminal sends a Ctrl-C to the command too, which needs the share until it has ended.
  process.on("SIGINT", () => {});
  const child = spawn(file, args, { stdio: "inherit", env: { ...process.env, ...environment } });
  for (const signal of ["SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.kill(signal));
  try {
    const [code, signal] = (await once(child, "exit")) as [number | null, NodeJS.Signals | null];
    return signal ? 128 + constants.signals[signal] : (code ?? 0);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? `there is no \`${file}\` on the PATH` : message;
    throw new SeatsError(`Could not start the command: ${reason}.`);
  }
}
