// The command `pulumi-datadog-seats` in a process of its own, as a shell starts it.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { assertNoKeys } from "./secrecy";

const main = join(__dirname, "..", "..", "provider", "bin", "pulumi-datadog-seats.js");

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly environment?: NodeJS.ProcessEnv;
  readonly folder?: string;
  readonly stdin?: string;
  /** Whoever reads the output goes away before there is any. */
  readonly closedPipe?: boolean;
}

/** Fails the test when the output shows a key. */
export async function datadogSeats(
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const result = await run(args, options);
  const { environment = {} } = options;
  const { DD_API_KEY: apiKey = "any key", DD_APP_KEY: appKey = "any key" } = environment;
  const token = environment.DD_BEARER_TOKEN ?? "any token";
  assertNoKeys("the command", result.stdout + result.stderr, { apiKey, appKey, token });
  return result;
}

function run(
  args: readonly string[],
  { environment = {}, folder, stdin = "", closedPipe }: CommandOptions,
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, ...args], {
      cwd: folder,
      env: { PATH: process.env.PATH, ...environment },
    });
    const result = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream].setEncoding("utf8").on("data", (text: string) => {
        result[stream] += text;
      });
    }
    if (closedPipe) child.stdout.destroy();
    // A command may end without reading its input: then its own words count, not the broken pipe.
    child.stdin.on("error", () => {}).end(stdin);
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...result }));
  });
}
