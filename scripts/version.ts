// `npm run version:set -- 0.2.0`: writes the version wherever it stands, and dates its section of the changelog.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { valid } from "semver";
import { releasedOn } from "./changelog";
import { root } from "./plugin/manifest";
import { versionedFiles, withVersion } from "./release/version";

function rewrite(file: string, change: (text: string) => string): void {
  const path = join(root, file);
  const text = readFileSync(path, "utf8");
  const changed = change(text);
  if (changed !== text) writeFileSync(path, changed);
}

const version = process.argv[2] ?? "";
// Go and Python spell what comes after the third number in ways of their own.
if (valid(version) !== version || version.includes("-")) {
  console.error(`"${version}" is no version such as 0.2.0: npm run version:set -- 0.2.0`);
  process.exit(1);
}
const today = new Date().toISOString().slice(0, 10);
rewrite("CHANGELOG.md", (text) => releasedOn(text, version, today));
for (const file of versionedFiles()) rewrite(file, (text) => withVersion(text, version));
