import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { codeBlocks } from "../../support/markdown";
import { newWorkFolder } from "../../support/workFolder";

const page = ["docs/unit-tests.md"];

describe("docs/unit-tests.md", () => {
  it("shows a program and a test of it that passes", () => {
    const [program = ""] = codeBlocks("ts", page);
    const [test = ""] = codeBlocks("typescript", page);
    const folder = newWorkFolder("unit-tests-");
    try {
      writeFileSync(join(folder, "index.ts"), program);
      writeFileSync(join(folder, "index.test.ts"), test);
      // Not the environment of the mocha worker, which would be treated as that of a test file.
      const { PATH = "" } = process.env;
      const options = ["--import", "tsx", "--test", "--test-reporter=tap"];
      const { stdout, stderr, status } = spawnSync(
        process.execPath,
        [...options, join(folder, "index.test.ts")],
        { cwd: folder, env: { PATH }, encoding: "utf8" },
      );
      expect(status, stdout + stderr).to.equal(0);
      expect(stdout)
        .to.match(/^# pass 2$/m)
        .and.match(/^# fail 0$/m);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
