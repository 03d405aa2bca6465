// `npm run lint:lockfile`: `npm ci` compares a package with its hash only where the lock file has one, and installs
// whatever it gets where not.
import { readFileSync } from "node:fs";
import { join } from "node:path";

interface Entry {
  readonly integrity?: string;
  /** A URL, which would tie everybody to one registry; of a link the folder of a workspace. */
  readonly resolved?: string;
  readonly link?: true;
}

const file = join(__dirname, "..", "package-lock.json");
const { packages } = JSON.parse(readFileSync(file, "utf8")) as { packages: Record<string, Entry> };

const problems = Object.entries(packages).flatMap(([path, { integrity = "", resolved, link }]) => {
  if (link || !path.includes("node_modules/")) return [];
  return [
    // npm believes weaker hashes too, and passes over a text that is none.
    ...(/^sha512-[\w+/]{86}==$/.test(integrity) ? [] : [`${path} has no \`integrity\` by SHA-512`]),
    ...(resolved ? [`${path} has a \`resolved\`: ${resolved}`] : []),
  ];
});

if (problems.length > 0) {
  console.error(`package-lock.json:\n  ${problems.join("\n  ")}
Make it anew, where there is neither a package-lock.json nor a node_modules: npm install --package-lock-only`);
  process.exitCode = 1;
}
