import { expect } from "chai";
import { parse } from "yaml";
import { readDocument } from "../../support/markdown";

describe("examples/gitlab-ci", () => {
  it("has the same program as examples/github-actions", () => {
    const shared = ["Pulumi.yaml", "in-summary.sh", "index.ts", "teams.ts", "teams.yaml"];
    for (const file of shared) {
      const text = readDocument(`examples/gitlab-ci/${file}`);
      expect(text, file).to.equal(readDocument(`examples/github-actions/${file}`));
    }
  });

  it("assigns and unassigns seats for one commit at a time, without an interruption", () => {
    const { up, workflow } = parse(readDocument("examples/gitlab-ci/.gitlab-ci.yml"));
    expect(up).to.include({ resource_group: "seats", interruptible: false });
    expect(workflow.auto_cancel).to.deep.equal({ on_new_commit: "conservative" });
  });
});
