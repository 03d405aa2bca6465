// provider/package.json: the one place that names the version, and the repository's owner and name.
import { readFileSync } from "node:fs";
import { join } from "node:path";

export const root = join(__dirname, "..", "..");

interface Manifest {
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly keywords: readonly string[];
  readonly homepage: string;
  readonly bugs: string;
  readonly repository: { readonly url: string };
}

export const manifest = JSON.parse(
  readFileSync(join(root, "provider", "package.json"), "utf8"),
) as Manifest;

const [, slug = "", owner = ""] =
  /^git\+https:\/\/github\.com\/((.+)\/.+)\.git$/.exec(manifest.repository.url) ?? [];

/** Of the repository: `owner/name`, its owner, and the page that shows it. */
export const repository = { slug, owner, url: `https://github.com/${slug}` };
