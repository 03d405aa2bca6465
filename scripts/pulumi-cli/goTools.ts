// What SDKs and programs in other languages need of Pulumi, built from Go modules where it isn't there, once.
import { existsSync } from "node:fs";
import { copyFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { builtOnce, userCache } from "./cache";
import { GoModule, type GoModuleName, NoGoError } from "./goModules";

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
  const module = new GoModule("pkg", cache);
  const folder = await builtOnce(cache, "gen-sdks", module.files("gen-sdks/main.go"), (target) => {
    log("Building Pulumi's SDK generators from Go modules, once (two minutes) …");
    return named("SDKs are generated", module.build(join(target, "gen-sdks"), "./gen-sdks"));
  });
  return join(folder, "gen-sdks");
}

const SDK = "github.com/pulumi/pulumi/sdk/v3";

interface LanguageHost {
  readonly module: GoModuleName;
  readonly host: string;
  /** Where Go finds it. */
  readonly path: string;
  /** A file of the SDK that has to be beside it. */
  readonly launcher?: string;
}

const LANGUAGE_HOSTS = {
  Python: {
    module: "language-hosts",
    host: "pulumi-language-python",
    path: `${SDK}/python/cmd/pulumi-language-python`,
    launcher: "python/cmd/pulumi-language-python-exec",
  },
  YAML: {
    module: "yaml-host",
    host: "pulumi-language-yaml",
    path: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
  },
} satisfies Record<string, LanguageHost>;

/**
 * The folder with Pulumi's language host: that of the CLI, which Pulumi's own download has, or one of ours.
 *
 * @param bin the folder of the CLI
 * @throws Error when it has to be built, and there is no `go` command, or the build fails
 */
export async function languageHost(
  language: keyof typeof LANGUAGE_HOSTS,
  bin: string,
  { log = console.log, cache = userCache() }: ToolOptions = {},
): Promise<string> {
  const { module: name, host, path, launcher }: LanguageHost = LANGUAGE_HOSTS[language];
  if (existsSync(join(bin, host))) return bin;
  const module = new GoModule(name, cache);
  return builtOnce(cache, host, module.files(), async (target) => {
    log(`Building Pulumi's language host for ${language} from Go modules, once (a minute) …`);
    await named(`${language} programs are run`, module.build(join(target, host), path));
    if (!launcher) return;
    await copyFile(join(await module.sources(SDK), launcher), join(target, basename(launcher)));
  });
}

/** Says what `go` is needed for. */
async function named(what: string, build: Promise<void>): Promise<void> {
  try {
    await build;
  } catch (error) {
    if (!(error instanceof NoGoError)) throw error;
    throw new Error(
      `${what} by a program that is built with Go, and there is no \`go\` command. Install Go 1.25 or newer: https://go.dev/dl/`,
    );
  }
}
