// A script of this repository in a process of its own.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const root = join(__dirname, "..", "..");

export class Script {
  output = "";
  private readonly child: ChildProcess;
  /** When the script has ended and all that it wrote has arrived. */
  private readonly closed: Promise<unknown>;

  /**
   * @param file below the repository's root
   * @param repository another folder than the one that this file is in
   */
  constructor(
    file: string,
    args: string[],
    env: NodeJS.ProcessEnv = process.env,
    repository = root,
  ) {
    // Not tsx's own command, which kills a script that has not taken a signal within milliseconds.
    this.child = spawn(process.execPath, ["--import", "tsx", join(repository, file), ...args], {
      cwd: repository,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.closed = once(this.child, "close");
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.output += text;
        this.child.emit("output");
      });
    }
  }

  /** Resolves when the output holds the text; rejects when the script ends without. */
  async until(text: string): Promise<void> {
    for (let open = true; !this.output.includes(text); ) {
      if (!open) throw new Error(`no "${text}" in:\n${this.output}`);
      const heard = once(this.child, "output").then(() => true);
      open = await Promise.race([heard, this.closed.then(() => false)]);
    }
  }

  /** The exit code, once the script has ended; none if a signal ended it. */
  async ended(): Promise<number | null> {
    await this.closed;
    return this.child.exitCode;
  }

  /** As Ctrl-C. */
  interrupt(): void {
    this.child.kill("SIGINT");
  }
}
