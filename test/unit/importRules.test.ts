import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";

/** The folders of provider/src, each with those that it may import from. */
const ALLOWED_IMPORTS: Record<string, readonly string[]> = {
  model: [],
  config: ["model"],
  api: ["config", "model"],
  seats: ["api", "config", "model"],
  lifecycle: ["seats", "api", "config", "model"],
  resources: ["config", "model"],
  functions: ["resources", "api", "config", "model"],
  cli: ["seats", "api", "config", "model"],
  engine: [],
  dynamic: ["engine", "lifecycle", "seats", "api", "config", "model"],
  plugin: ["engine", "lifecycle", "seats", "api", "config", "model"],
};
const folders = Object.keys(ALLOWED_IMPORTS);

/** In a repository that has nothing else, a file of each folder that imports from all the others. */
const files: Record<string, readonly string[]> = {
  ...Object.fromEntries(
    folders.map((folder) => {
      const others = folders.filter((other) => other !== folder);
      return [
        `provider/src/${folder}/any.ts`,
        [...others.map((other) => `../${other}/any`), "../index"],
      ];
    }),
  ),
  "bench/any.ts": ["../test/any", "../simulator/src"],
  "scripts/any.ts": ["../test/any", "../simulator/src"],
  "simulator/src/any.ts": ["../../test/any", "./org"],
  "test/any.ts": ["./other", "../provider/src", "../simulator/src"],
};

describe("the import rules of the linter", () => {
  let output: string;

  before(() => {
    const repository = mkdtempSync(join(tmpdir(), "import-rules-"));
    copyFileSync(join(__dirname, "..", "..", "biome.json"), join(repository, "biome.json"));
    for (const [file, imports] of Object.entries(files)) {
      mkdirSync(dirname(join(repository, file)), { recursive: true });
      const lines = imports.map((path) => `import "${path}";\n`);
      writeFileSync(join(repository, file), lines.join(""));
    }
    const biome = require.resolve("@biomejs/biome/bin/biome");
    const options = [
      "--vcs-enabled=false",
      "--only=style/noRestrictedImports",
      "--reporter=github",
    ];
    const result = spawnSync(
      process.execPath,
      [biome, "lint", "--max-diagnostics=none", ...options],
      { cwd: repository, encoding: "utf8" },
    );
    rmSync(repository, { recursive: true });
    expect(result.status, result.stderr).to.equal(1);
    output = result.stdout;
  });

  /** Those of a file's imports that the linter doesn't refuse. */
  function allowed(file: string): string[] {
    const refused = [...output.matchAll(/file=([^,]+),line=(\d+)/g)]
      .filter(([, path = ""]) => path.replaceAll("\\", "/").endsWith(`/${file}`))
      .map(([, , line]) => Number(line));
    return (files[file] ?? []).filter((_, index) => !refused.includes(index + 1));
  }

  for (const [folder, below] of Object.entries(ALLOWED_IMPORTS)) {
    it(`let ${folder}/ import from ${below.join(", ") || "no other folder"}, and nothing else`, () => {
      expect(allowed(`provider/src/${folder}/any.ts`)).to.have.members(
        below.map((other) => `../${other}/any`),
      );
    });
  }

  it("let nothing but tests import from test/", () => {
    expect(allowed("bench/any.ts")).to.deep.equal(["../simulator/src"]);
    expect(allowed("scripts/any.ts")).to.deep.equal(["../simulator/src"]);
    expect(allowed("simulator/src/any.ts")).to.deep.equal(["./org"]);
    expect(allowed("test/any.ts")).to.have.lengthOf(3);
  });
});
