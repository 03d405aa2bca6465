import { expect } from "chai";
import { parse } from "yaml";
import { readDocument } from "../../support/markdown";

describe("examples/seats-by-pull-request, with GitLab CI", () => {
  it("assigns and unassigns seats for one commit at a time, without an interruption", () => {
    const { up, workflow } = parse(readDocument("examples/seats-by-pull-request/.gitlab-ci.yml"));
    expect(up).to.include({ resource_group: "seats", interruptible: false });
    expect(workflow.auto_cancel).to.deep.equal({ on_new_commit: "conservative" });
  });
});
