// Where the version of the package stands, but for the changelog and what `npm run schema` writes.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../plugin/manifest";

/** Only where it is this package's: in its name, an archive's, a command that installs one, or an example's dependencies. */
const VERSION =
  /(?<="name": "pulumi-datadog-seats",\s+"version": "|"pulumi-datadog-seats": "\^|pulumi-datadog-seats-(?:sdk-)?|pulumi_datadog_seats-|pulumi-resource-datadog-seats-v|resource datadog-seats |release:dry -- )\d+\.\d+\.\d+/g;

/** The files that name the version, as paths from the root. */
export function versionedFiles(): string[] {
  const examples = readdirSync(join(root, "examples")).flatMap((name) =>
    ["README.md", "package.json"].map((file) => `examples/${name}/${file}`),
  );
  const docs = readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`);
  return ["package-lock.json", "provider/package.json", "README.md", ...docs, ...examples].filter(
    (file) => existsSync(join(root, file)),
  );
}

/** The text with this version in place of any other one. */
export const withVersion = (text: string, version: string) => text.replace(VERSION, version);

/** The files in which another version stands. */
export const filesBehind = (version: string) =>
  versionedFiles().filter((file) => {
    const text = readFileSync(join(root, file), "utf8");
    return text !== withVersion(text, version);
  });
