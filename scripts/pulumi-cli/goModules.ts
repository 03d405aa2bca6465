// Builds parts of Pulumi from their published Go modules, for machines that reach a Go module proxy but not Pulumi's own
// downloads. The modules of the folders beside this file pin what each needs.
import { execFile } from "node:child_process";
import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { goFolder } from "./cache";

const run = promisify(execFile);
const VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/** There is no `go` command. */
export class NoGoError extends Error {}

/**
 * The folders beside this file: a Go module each. Pulumi's hosts for Node and Python are now in modules that a Go module
 * proxy doesn't serve, so `language-hosts` is of the last release before that. The host for YAML doesn't compile with the
 * libraries of the CLI, so `yaml-host` has older ones.
 */
export type GoModuleName = "pkg" | "language-hosts" | "yaml-host";

/** A Go module of this folder. */
export class GoModule {
  readonly folder: string;

  /** @param cache keeps what is downloaded and compiled, for the next build */
  constructor(
    name: GoModuleName,
    private readonly cache: string,
  ) {
    this.folder = join(__dirname, name);
  }

  /**
   * Builds a program, which may be one of another module.
   *
   * @throws NoGoError, or an Error that says which build failed and why
   */
  async build(output: string, ...args: string[]): Promise<void> {
    await this.go(`Building ${output}`, "build", "-o", output, ...args);
  }

  /** What a build depends on, with those of `more` below the folder. */
  files(...more: string[]): string[] {
    return ["go.mod", "go.sum", ...more].map((file) => join(this.folder, file));
  }

  /** The folder with the files of a module that this one needs. */
  async sources(module: string): Promise<string> {
    return (await this.go(`Getting ${module}`, "list", "-m", "-f", "{{.Dir}}", module)).trim();
  }

  private async go(what: string, ...args: string[]): Promise<string> {
    const env = await goEnvironment(this.cache);
    const options = { cwd: this.folder, env, maxBuffer: 64 * 1024 * 1024 };
    try {
      return (await run("go", args, options)).stdout;
    } catch (error) {
      const { code, stderr } = error as { code?: string | number; stderr?: string };
      if (code === "ENOENT") throw new NoGoError("There is no `go` command.");
      const reason = stderr?.trim().split("\n").slice(-5).join("\n");
      throw new Error(`${what} from Go modules failed:\n${reason}`);
    }
  }
}

/** The environment in which `go` uses what other builds have downloaded and compiled. */
export async function goEnvironment(cache: string): Promise<NodeJS.ProcessEnv> {
  const kept = await goFolder(cache);
  return {
    ...process.env,
    GOMODCACHE: join(kept, "modules"),
    GOCACHE: join(kept, "build"),
    GOFLAGS: "-modcacherw -buildvcs=false",
    // go.sum pins every module; the public checksum database doesn't know all of these.
    GONOSUMDB: "github.com/pulumi/*",
  };
}

/**
 * Builds the Pulumi CLI and its Node language host into `bin`.
 *
 * @throws Error when there is no `go` command, or a build fails; the message says which.
 */
export async function buildFromGoModules(bin: string, version: string, cache: string) {
  await mkdir(bin, { recursive: true });
  const flags = `-s -w -X ${VERSION_VARIABLE}=v${version}`;
  try {
    await new GoModule("pkg", cache).build(
      join(bin, "pulumi"),
      "-ldflags",
      flags,
      "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    );
  } catch (error) {
    if (!(error instanceof NoGoError)) throw error;
    throw new Error(
      `The Pulumi CLI ${version} is needed, and neither Pulumi's download nor a \`go\` command is there. Install one: https://www.pulumi.com/docs/install/`,
    );
  }
  await new GoModule("language-hosts", cache).build(
    join(bin, "pulumi-language-nodejs"),
    "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
  );
  // The launcher of the dynamic-provider host comes with the Node SDK.
  const launcher = "pulumi-resource-pulumi-nodejs";
  await copyFile(require.resolve(`@pulumi/pulumi/${launcher}`), join(bin, launcher));
}
