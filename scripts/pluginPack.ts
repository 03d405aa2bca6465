// `npm run plugin:pack`: writes the native plugin as `pulumi plugin install resource datadog-seats VERSION --file` takes
// it, as a folder and as an archive.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { manifest, root } from "./plugin/manifest";
import { archivePlugin, PLUGIN, packPlugin } from "./plugin/pack";

const output = join(root, "provider", "plugin");

async function main() {
  const folder = join(output, PLUGIN);
  const archive = join(output, `${PLUGIN}-v${manifest.version}.tar.gz`);
  rmSync(output, { recursive: true, force: true });
  await packPlugin(folder);
  archivePlugin(folder, archive);
  console.log(`${folder}\n${archive}`);
}

main().catch((error: Error) => {
  console.error(`Packing the plugin failed: ${error.message}`);
  process.exitCode = 1;
});
