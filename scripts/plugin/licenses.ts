// The licenses of the packages that a bundle holds: most of them have to go with every copy.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

/**
 * The license texts of the packages below node_modules, by name.
 *
 * @param files that were bundled, relative to `root`
 * @throws Error that names a package without a license
 */
export function licensesOf(root: string, files: readonly string[]): string {
  const folders = files.flatMap((file) => {
    const [, folder] = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file) ?? [];
    return folder === undefined ? [] : [folder];
  });
  return [...new Set(folders)]
    .sort()
    .map((folder) => licenseOf(join(root, folder)))
    .join("\n\n");
}

function licenseOf(folder: string): string {
  const manifest = readFileSync(join(folder, "package.json"), "utf8");
  const { name, version, license } = JSON.parse(manifest) as Manifest;
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (!license && !file) throw new Error(`${name} has no license.`);
  const text = file ? readFileSync(join(folder, file), "utf8").trim() : "";
  return `${name} ${version}: ${license ?? ""}\n\n${text}`.trim();
}
