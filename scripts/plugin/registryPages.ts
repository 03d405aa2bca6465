// The two pages that Pulumi's registry takes from the repository of a package: what other pages say, with front matter.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { manifest, repository, root } from "./manifest";

const read = (file: string) => readFileSync(join(root, file), "utf8");

/** The pages by file, as they should be. */
export function registryPages(): Readonly<Record<string, string>> {
  const [, overview = ""] = read("provider/README.md").split(/^# .*\n/);
  const guide = read("docs/native-plugin.md");
  const installation = guide.slice(
    guide.indexOf("## Install the plugin"),
    guide.indexOf("## Import"),
  );
  return {
    "docs/_index.md": page("Datadog Seats", manifest.description, overview),
    "docs/installation-configuration.md": page(
      "Datadog Seats Installation & Configuration",
      "How to install the Datadog Seats provider, and how to give it keys.",
      withAbsoluteLinks(installation, "docs/native-plugin.md"),
    ),
  };
}

const page = (title: string, description: string, text: string) => `---
# Written by \`npm run schema\`.
title: ${JSON.stringify(title)}
meta_desc: ${JSON.stringify(description)}
layout: package
---

${text.trim()}
`;

/** The registry has none of the repository's files. */
function withAbsoluteLinks(text: string, file: string): string {
  const main = `${repository.url}/blob/main/`;
  return text.replace(/(?<=\]\()[^)]+(?=\))/g, (target) =>
    /^https?:/.test(target) ? target : new URL(target, main + file).href,
  );
}
