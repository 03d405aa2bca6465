// The generated SDKs as the registries of their languages take them.
import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { manifest, repository, root } from "../plugin/manifest";
import { virtualEnvironment } from "./python";

/** What every package of code should hold. */
function addTexts(sdk: string): void {
  copyFileSync(join(root, "LICENSE"), join(sdk, "LICENSE"));
  const guide = `${repository.url}/blob/main/docs/native-plugin.md`;
  const text = `# Datadog Seats\n\n${manifest.description}.\n\n[How to use it](${guide})\n`;
  writeFileSync(join(sdk, "README.md"), text);
}

/** Makes a package for npm: compiled, where the generated one compiles itself when it is installed. */
export function packNode(sdk: string, output: string): void {
  const file = join(sdk, "package.json");
  const { scripts: _, dependencies, ...manifest } = JSON.parse(readFileSync(file, "utf8"));
  const { typescript, "@types/node": types, ...others } = dependencies;
  const published = { ...manifest, types: "bin/index.d.ts", files: ["bin"], dependencies: others };
  writeFileSync(file, JSON.stringify(published, undefined, 2));
  addTexts(sdk);
  execFileSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", sdk]);
  // The SDK looks for its version beside its code.
  copyFileSync(file, join(sdk, "bin", "package.json"));
  execFileSync("npm", ["pack", sdk, "--pack-destination", output, "--silent"]);
}

/** Makes a wheel and an sdist. */
export async function packPython(sdk: string, output: string): Promise<void> {
  addTexts(sdk);
  const tools = dirname(sdk);
  await virtualEnvironment(tools, "build==1.6.1");
  execFileSync(join(tools, "venv/bin/python"), ["-m", "build", "--outdir", output, sdk], {
    stdio: ["ignore", "ignore", "pipe"],
  });
}

/** Writes the module as it is tagged. */
export function copyGo(sdk: string, output: string): void {
  addTexts(sdk);
  cpSync(sdk, output, { recursive: true });
}
