// A script of this repository in a process of its own, as `npm run` starts it.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const root = join(__dirname, "..", "..");

export class Script {
  output = "";
  private readonly child: ChildProcess;

  /** @param file below the repository's root */
  constructor(file: string, args: string[], env: NodeJS.ProcessEnv = process.env) {
    const tsx = require.resolve("tsx/cli");
    this.child = spawn(process.execPath, [tsx, join(root, file), ...args], {
      cwd: root,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.output += text;
        this.child.emit("output");
      });
    }
  }

  /** Resolves when the output holds the text; rejects when the script ends without. */
  async until(text: string): Promise<void> {
    while (!this.output.includes(text)) {
      if (this.child.exitCode !== null) throw new Error(`no "${text}" in:\n${this.output}`);
      const heard = new AbortController();
      const { signal } = heard;
      await Promise.race(["output", "close"].map((event) => once(this.child, event, { signal })));
      heard.abort();
    }
  }

  /** The exit code, once the script has ended. */
  async ended(): Promise<number | null> {
    if (this.child.exitCode === null) await once(this.child, "close");
    return this.child.exitCode;
  }

  /** As Ctrl-C. */
  interrupt(): void {
    this.child.kill("SIGINT");
  }
}
