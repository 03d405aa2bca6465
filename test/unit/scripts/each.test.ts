import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect } from "chai";
import { repository } from "../../support/markdown";

describe("each.ts of examples/gitlab-ci", () => {
  it("runs a command for every team, also after one that fails, and says which did", () => {
    const command = 'echo "for $TEAM"; [ "$TEAM" != sre ]';
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["--import", "tsx", "each.ts", command],
      { cwd: join(repository, "examples", "gitlab-ci"), encoding: "utf8" },
    );
    expect({ status, stdout, stderr }).to.deep.equal({
      status: 1,
      stdout: "for sre\nfor platform\n",
      stderr: "Failed: sre.\n",
    });
  });
});
