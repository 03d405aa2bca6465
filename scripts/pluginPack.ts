// `npm run plugin:pack`: writes the native plugin as `pulumi plugin install resource datadog-seats VERSION --file` takes
// it, as a folder and as an archive: one file of JavaScript, for any system that has Node.
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { licensesOf } from "./plugin/licenses";

const root = join(__dirname, "..");
const output = join(root, "provider", "plugin");
const NAME = "pulumi-resource-datadog-seats";

async function main() {
  const { version } = JSON.parse(readFileSync(join(root, "provider", "package.json"), "utf8")) as {
    version: string;
  };
  const folder = join(output, NAME);
  rmSync(output, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [join("provider", "bin", `${NAME}.js`)],
    outfile: join(folder, NAME),
    bundle: true,
    platform: "node",
    target: "node20.19",
    minify: true,
    // The licenses are in a file of their own.
    legalComments: "none",
    metafile: true,
  });
  chmodSync(join(folder, NAME), 0o755);
  copyFileSync(join(root, "LICENSE"), join(folder, "LICENSE"));
  writeFileSync(
    join(folder, "LICENSES-OF-DEPENDENCIES"),
    licensesOf(root, Object.keys(metafile.inputs)),
  );

  const archive = join(output, `${NAME}-v${version}.tar.gz`);
  execFileSync("tar", ["-czf", archive, "-C", folder, "."]);
  console.log(`${folder}\n${archive}`);
}

main().catch((error: Error) => {
  console.error(`Packing the plugin failed: ${error.message}`);
  process.exitCode = 1;
});
