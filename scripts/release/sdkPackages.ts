// The generated SDKs as the registries of their languages take them.
import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../plugin/manifest";
import { virtualEnvironment } from "./python";

/** Makes a package for npm: compiled, where the generated one compiles itself when it is installed. */
export function packNode(sdk: string, output: string): void {
  const file = join(sdk, "package.json");
  const { scripts: _, dependencies, ...manifest } = JSON.parse(readFileSync(file, "utf8"));
  const { typescript, "@types/node": types, ...others } = dependencies;
  const published = { ...manifest, types: "bin/index.d.ts", files: ["bin"], dependencies: others };
  writeFileSync(file, JSON.stringify(published, undefined, 2));
  copyFileSync(join(root, "LICENSE"), join(sdk, "LICENSE"));
  execFileSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", sdk]);
  // The SDK looks for its version beside its code.
  copyFileSync(file, join(sdk, "bin", "package.json"));
  execFileSync("npm", ["pack", sdk, "--pack-destination", output, "--silent"]);
}

/** Makes a wheel and an sdist. */
export async function packPython(sdk: string, output: string): Promise<void> {
  copyFileSync(join(root, "LICENSE"), join(sdk, "LICENSE"));
  await virtualEnvironment(sdk, "build==1.3.0");
  execFileSync(join(sdk, "venv/bin/python"), ["-m", "build", "--outdir", output, sdk], {
    stdio: ["ignore", "ignore", "pipe"],
  });
}

/** Writes the module as it is tagged. */
export function copyGo(sdk: string, output: string): void {
  cpSync(sdk, output, { recursive: true });
  copyFileSync(join(root, "LICENSE"), join(output, "LICENSE"));
}
