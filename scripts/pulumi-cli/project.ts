// A folder with a Pulumi program, and the real CLI on it: for the tests and the benchmark.
import { spawn } from "node:child_process";
import { join } from "node:path";

export interface CliResult {
  readonly code: number;
  /** Both streams, in the order they came. */
  readonly output: string;
}

export interface StateResource {
  readonly type: string;
  readonly urn: string;
  readonly id?: string;
  readonly inputs?: Record<string, unknown>;
  readonly outputs?: Record<string, unknown>;
}

export class PulumiProject {
  /**
   * @param bin the folder of the CLI
   * @param folder where the program is
   * @param environment such as that of `pulumiEnvironment`
   */
  constructor(
    private readonly bin: string,
    readonly folder: string,
    readonly environment: NodeJS.ProcessEnv,
  ) {}

  /** Starts the CLI, for a run that must not end by itself. */
  start(...args: string[]): { pid: number; result: Promise<CliResult> } {
    const child = spawn(join(this.bin, "pulumi"), [...args, "--non-interactive"], {
      cwd: this.folder,
      env: this.environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    }
    const result = new Promise<CliResult>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code) => resolve({ code: code ?? -1, output }));
    });
    return { pid: child.pid ?? 0, result };
  }

  /** Runs the CLI, whatever becomes of it. */
  pulumi(...args: string[]): Promise<CliResult> {
    return this.start(...args).result;
  }

  /** Runs the CLI and returns its output; throws when the command fails. */
  async succeeds(...args: string[]): Promise<string> {
    const { code, output } = await this.pulumi(...args);
    if (code !== 0) throw new Error(`pulumi ${args.join(" ")} failed (${code}):\n${output}`);
    return output;
  }

  /** Runs the CLI and returns its output; throws when the command succeeds. */
  async fails(...args: string[]): Promise<string> {
    const { code, output } = await this.pulumi(...args);
    if (code === 0) throw new Error(`pulumi ${args.join(" ")} succeeded:\n${output}`);
    return output;
  }

  /** The state as `pulumi stack export` writes it. */
  exported = () => this.succeeds("stack", "export");

  /** All that the state holds but the stack itself and its provider. */
  async resources(): Promise<StateResource[]> {
    const state = JSON.parse(await this.exported()) as {
      deployment: { resources?: StateResource[] };
    };
    return (state.deployment.resources ?? []).filter(({ type }) => !type.startsWith("pulumi:"));
  }
}
