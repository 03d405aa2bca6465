// `npm run release:check -- v0.1.0`: what the other tools of that command don't look at. The tag is optional.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readChangelog, releaseProblem } from "./changelog";
import { manifest, repository, root } from "./plugin/manifest";

const read = (...path: string[]) => readFileSync(join(root, ...path), "utf8");

/** The files that npm would publish. */
function packedFiles(): string[] {
  const args = ["pack", "--workspace", "provider", "--dry-run", "--json", "--ignore-scripts"];
  const { stdout, stderr } = spawnSync("npm", args, {
    cwd: root,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  const [pack] = JSON.parse(stdout || "[]") as { files: { path: string }[] }[];
  if (!pack) throw new Error(`npm pack failed: ${stderr}`);
  return pack.files.map(({ path }) => path);
}

/** The package's own files, its executables, and for each source what the compiler makes of it: nothing stale, no test, no map. */
function expectedFiles(): string[] {
  const sources = readdirSync(join(root, "provider", "src"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => path.replaceAll("\\", "/").slice(0, -".ts".length));
  const built = sources.flatMap((path) => [`dist/${path}.js`, `dist/${path}.d.ts`]);
  const bin = readdirSync(join(root, "provider", "bin")).map((file) => `bin/${file}`);
  const schemas = ["ownership-map.schema.json", "schema.json"];
  return ["LICENSE", "README.md", "package.json", ...schemas, ...bin, ...built];
}

function* problems(tag: string | undefined): Generator<string> {
  const packed = packedFiles();
  const expected = expectedFiles();
  for (const path of packed) if (!expected.includes(path)) yield `The package holds ${path}.`;
  for (const path of expected) if (!packed.includes(path)) yield `The package lacks ${path}.`;

  readChangelog(read("CHANGELOG.md"));
  if (tag === undefined) return;
  const { version } = manifest;
  if (tag !== `v${version}`) yield `The tag is ${tag}, the version of the package ${version}.`;
  const problem = releaseProblem(read("CHANGELOG.md"), version);
  if (problem) yield problem;
  if (!repository.isPublic) {
    yield "The owner in provider/package.json is the placeholder, so the schema has no pluginDownloadURL: see CONTRIBUTING.md.";
  }
  const here = process.env.GITHUB_REPOSITORY;
  if (here === undefined || here === repository.slug) return;
  yield `This repository is ${here}, but provider/package.json says ${repository.slug}: correct it there and in provider/README.md, and run \`npm run schema\`.`;
}

const found = [...problems(process.argv[2])];
for (const problem of found) console.error(problem);
if (found.length > 0) process.exitCode = 1;
else console.log("The contents of the package and the changelog are as they should be.");
