// What SDKs and programs in other languages need of Pulumi, built from Go modules where it isn't there, once.
import { existsSync } from "node:fs";
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { builtOnce, userCache } from "./cache";
import { GoModule, NoGoError } from "./goModules";

export interface ToolOptions {
  /** Called before a step that takes longer than a few seconds. */
  log?: (line: string) => void;
  cache?: string;
}

/**
 * The program that writes the SDKs of a schema: see gen-sdks/main.go.
 *
 * @throws Error when there is no `go` command, or the build fails
 */
export async function sdkGenerator({ log = console.log, cache = userCache() }: ToolOptions = {}) {
  const { folder: module } = new GoModule("pkg", "");
  const sources = ["go.mod", "go.sum", "gen-sdks/main.go"].map((file) => join(module, file));
  const folder = await builtOnce(cache, "gen-sdks", sources, async (target, work) => {
    log("Building Pulumi's SDK generators from Go modules, once (two minutes) …");
    await named("SDKs are generated", () =>
      new GoModule("pkg", work).build(join(target, "gen-sdks"), "./gen-sdks"),
    );
  });
  return join(folder, "gen-sdks");
}

const PYTHON_HOST = "pulumi-language-python";

/**
 * The folder with Pulumi's language host for Python: that of the CLI, which Pulumi's own download has, or one of ours.
 *
 * @param bin the folder of the CLI
 * @throws Error when it has to be built, and there is no `go` command, or the build fails
 */
export async function pythonHost(
  bin: string,
  { log = console.log, cache = userCache() }: ToolOptions = {},
): Promise<string> {
  if (existsSync(join(bin, PYTHON_HOST))) return bin;
  const { folder: module } = new GoModule("language-hosts", "");
  const sources = ["go.mod", "go.sum"].map((file) => join(module, file));
  return builtOnce(cache, PYTHON_HOST, sources, async (target, work) => {
    log("Building Pulumi's language host for Python from Go modules, once (a minute) …");
    const sdk = "github.com/pulumi/pulumi/sdk/v3";
    await named("Python programs are run", async () => {
      const go = new GoModule("language-hosts", work);
      await go.build(join(target, PYTHON_HOST), `${sdk}/python/cmd/${PYTHON_HOST}`);
      const launcher = `${PYTHON_HOST}-exec`;
      const from = join(await go.sources(sdk), "python", "cmd", launcher);
      await copyFile(from, join(target, launcher));
    });
  });
}

/** Says what `go` is needed for. */
async function named(what: string, build: () => Promise<void>): Promise<void> {
  try {
    await build();
  } catch (error) {
    if (!(error instanceof NoGoError)) throw error;
    throw new Error(
      `${what} by a program that is built with Go, and there is no \`go\` command. Install Go 1.25 or newer: https://go.dev/dl/`,
    );
  }
}
