import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { repository } from "../../support/markdown";
import { newWorkFolder } from "../../support/workFolder";

describe("in-summary.sh of examples/seats-by-pull-request", () => {
  let folder: string;
  beforeEach(() => {
    folder = newWorkFolder("summary-");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Runs a script with a heading, as a step of a job does. */
  function inSummary(script: string) {
    const file = join(folder, "summary");
    const inSummary = join(repository, "examples", "seats-by-pull-request", "in-summary.sh");
    const { status, stderr } = spawnSync("bash", [inSummary, "sre", "sh", "-c", script], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, GITHUB_STEP_SUMMARY: file },
    });
    const summary = readFileSync(file, "utf8");
    expect(readFileSync(join(folder, "summary.md"), "utf8")).to.equal(summary);
    return { status, log: stderr, summary };
  }

  it("ends as the command, and leaves out Pulumi's marks of colours", () => {
    const script = "echo '    <{%fg 1%}>2 errored<{%reset%}>'; echo '100% <b>' >&2; exit 255";
    expect(inSummary(script)).to.deep.equal({
      status: 255,
      log: "    2 errored\n100% <b>\n",
      summary: "### sre\n\n        2 errored\n    100% <b>\n",
    });
  });
});
