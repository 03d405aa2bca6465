// `npm run lint:lockfile`: `npm ci` compares a package with its hash only where the lock file has one, and installs
// whatever it gets where not.
import { readFileSync } from "node:fs";
import { join } from "node:path";

interface Entry {
  readonly integrity?: string;
  /** Of a workspace its folder; of any other package a URL, which would tie everybody to one registry. */
  readonly resolved?: string;
}

const file = join(__dirname, "..", "package-lock.json");
const { packages } = JSON.parse(readFileSync(file, "utf8")) as { packages: Record<string, Entry> };

const problems = Object.entries(packages).flatMap(([path, { integrity, resolved }]) => {
  const isOwn = !path.includes("node_modules/") || (resolved !== undefined && resolved in packages);
  if (isOwn) return [];
  return [
    ...(integrity ? [] : [`${path} has no \`integrity\``]),
    ...(resolved ? [`${path} has a \`resolved\`: ${resolved}`] : []),
  ];
});

if (problems.length > 0) {
  console.error(`package-lock.json:\n  ${problems.join("\n  ")}
Make it anew, where there is neither a package-lock.json nor a node_modules: npm install --package-lock-only`);
  process.exitCode = 1;
}
