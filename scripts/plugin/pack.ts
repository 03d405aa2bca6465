// The native plugin as one file of JavaScript, for any system that has Node.
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { licensesOf } from "./licenses";
import { root } from "./manifest";

export const PLUGIN = "pulumi-resource-datadog-seats";

/**
 * Writes the plugin into a folder, as `pulumi plugin install` takes it.
 *
 * @throws Error when the package has not been built
 */
export async function packPlugin(folder: string): Promise<void> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [join("provider", "bin", `${PLUGIN}.js`)],
    outfile: join(folder, PLUGIN),
    bundle: true,
    platform: "node",
    target: "node20.19",
    minify: true,
    // The licenses are in a file of their own.
    legalComments: "none",
    metafile: true,
  });
  chmodSync(join(folder, PLUGIN), 0o755);
  // On Windows Pulumi starts nothing else.
  writeFileSync(join(folder, `${PLUGIN}.cmd`), `@node "%~dp0${PLUGIN}" %*\r\n`);
  copyFileSync(join(root, "LICENSE"), join(folder, "LICENSE"));
  writeFileSync(
    join(folder, "LICENSES-OF-DEPENDENCIES"),
    licensesOf(root, Object.keys(metafile.inputs)),
  );
}

/** Makes an archive of the plugin's folder. */
export function archivePlugin(folder: string, archive: string): void {
  execFileSync("tar", ["-czf", archive, "-C", folder, "."]);
}
