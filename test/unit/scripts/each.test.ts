import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect } from "chai";
import { repository } from "../../support/markdown";

describe("each.ts of examples/seats-by-pull-request", () => {
  it("runs a command for every team, also after one that fails, and says which did", () => {
    const command = 'echo "for $TEAM"; [ "$TEAM" != sre ]';
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["--import", "tsx", "each.ts", command],
      { cwd: join(repository, "examples", "seats-by-pull-request"), encoding: "utf8" },
    );
    expect({ status, stdout, stderr }).to.deep.equal({
      status: 1,
      stdout: "for sre\nfor platform\n",
      stderr: "Failed: sre.\n",
    });
  });
});
