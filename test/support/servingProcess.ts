// A process that serves providers over gRPC, and what it prints.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { LOADED_LATER } from "./cliEnvironment";

export class ServingProcess {
  private constructor(
    private readonly child: ChildProcess,
    /** Resolves with the exit code and the signal, when the process has ended and all that it wrote has arrived. */
    readonly ended: Promise<unknown[]>,
    /** The first line, which tells the port, and all that follows, of either stream. */
    readonly firstLine: string,
    readonly printed: readonly string[],
  ) {}

  /** Starts Node with these arguments, and waits for the first line on stdout. */
  static async start(
    args: readonly string[],
    environment: Record<string, string> = {},
    folder = join(__dirname, "..", ".."),
  ): Promise<ServingProcess> {
    const child = spawn(process.execPath, ["--require", LOADED_LATER, ...args], {
      cwd: folder,
      env: { PATH: process.env.PATH, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const ended = once(child, "close");
    const printed: string[] = [];
    createInterface({ input: child.stderr }).on("line", (line) => printed.push(line));
    const lines = createInterface({ input: child.stdout });
    const [firstLine] = (await once(lines, "line")) as [string];
    lines.on("line", (line) => printed.push(line));
    return new ServingProcess(child, ended, firstLine, printed);
  }

  /** Ends it. */
  kill(signal: NodeJS.Signals = "SIGKILL"): void {
    this.child.kill(signal);
  }
}
