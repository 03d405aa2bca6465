// `npm run release:dry -- 0.1.0`: all of a release up to the upload, in dist-release:
//   files     what the release on GitHub has: the packages of npm and PyPI, the plugin for each system, checksums
//   go        the SDK for Go as `npm run release:go` tags it, at its path in the repository
//   notes.md  the section of the changelog
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readChangelog, releaseNotes } from "./changelog";
import { manifest, root } from "./plugin/manifest";
import { archivePlugin, PLUGIN, packPlugin } from "./plugin/pack";
import { writeSdks } from "./plugin/sdks";
import { copyGo, packNode, packPython } from "./release/sdkPackages";

const output = join(root, "dist-release");
const files = join(output, "files");
const staging = join(output, "staging");

/** As the Pulumi CLI asks for them. The archives are the same: the plugin is JavaScript. */
const SYSTEMS = ["linux", "darwin", "windows"].flatMap((system) =>
  ["amd64", "arm64"].map((processor) => `${system}-${processor}`),
);

async function main(version: string | undefined) {
  if (version !== manifest.version) {
    throw new Error(
      `The version is ${manifest.version}. To release another one: npm run version:set -- ${version ?? "VERSION"}`,
    );
  }
  rmSync(output, { recursive: true, force: true });
  mkdirSync(staging, { recursive: true });
  mkdirSync(files);

  console.log("The package of npm …");
  const pack = ["pack", "--workspace", "provider", "--pack-destination", files, "--silent"];
  execFileSync("npm", pack, { cwd: root });

  console.log("The plugin …");
  const plugin = join(staging, "plugin");
  await packPlugin(plugin);
  const archive = join(staging, "plugin.tar.gz");
  archivePlugin(plugin, archive);
  for (const system of SYSTEMS) {
    copyFileSync(archive, join(files, `${PLUGIN}-v${version}-${system}.tar.gz`));
  }

  console.log("The SDKs …");
  const sdks = join(staging, "sdks");
  await writeSdks(sdks);
  packNode(join(sdks, "nodejs"), files);
  await packPython(join(sdks, "python"), files);
  copyGo(join(sdks, "go"), join(output, "go", "sdk", "go"));

  rmSync(staging, { recursive: true });
  writeChecksums();
  writeFileSync(join(output, "notes.md"), notes(version));
  for (const name of readdirSync(output, { recursive: true, encoding: "utf8" })) {
    if (!name.startsWith("go/")) console.log(`dist-release/${name}`);
  }
}

/** As `sha256sum --check` takes them. */
function writeChecksums(): void {
  const lines = readdirSync(files).map((name) => {
    const hash = createHash("sha256").update(readFileSync(join(files, name)));
    return `${hash.digest("hex")}  ${name}\n`;
  });
  writeFileSync(join(files, "SHA256SUMS"), lines.join(""));
}

function notes(version: string): string {
  const releases = readChangelog(readFileSync(join(root, "CHANGELOG.md"), "utf8"));
  const release = releases.find((one) => one.version === version);
  if (!release) throw new Error(`CHANGELOG.md has no "## [${version}]".`);
  return releaseNotes(release);
}

main(process.argv[2]).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
