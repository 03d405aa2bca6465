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

/** Stands in provider/package.json until the repository is public. */
const PLACEHOLDER_OWNER = "pulumi-datadog-seats";

export const repository = {
  /** `owner/name` */
  slug,
  owner,
  isPublic: owner !== PLACEHOLDER_OWNER,
  /** The page that shows it. */
  url: `https://github.com/${slug}`,
  /** Where Pulumi finds the archives of its releases. */
  pluginDownloadUrl: `github://api.github.com/${slug}`,
  /** The SDK for Go, which is a module of its own. */
  goModule: `github.com/${slug}/sdk/go`,
};
