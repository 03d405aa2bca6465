import { expect } from "chai";
import { parse } from "yaml";
import { readDocument } from "../../support/markdown";
import { isMet } from "../../support/workflowExpressions";

interface Step {
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const workflow = (name: string) =>
  parse(readDocument(`examples/seats-by-pull-request/.github/workflows/${name}.yml`));

describe("examples/seats-by-pull-request, with GitHub Actions", () => {
  for (const name of ["preview", "up", "drift"]) {
    it(`gives the ownership map to pulumi in the workflow ${name}, once it is written`, () => {
      const steps: Step[] = workflow(name).jobs[name].steps;
      const written = steps.findIndex(({ run }) => run === "npm run --silent map");
      const given = steps.findIndex(({ run }) => /\bpulumi (preview|up) /.test(run ?? ""));
      expect(steps[given]?.env).to.include({ DATADOG_SEATS_OWNERSHIP_MAP: "seats.json" });
      expect(written).to.be.within(0, given - 1);
    });
  }

  it("comments on pull requests of the repository's own branches, alone, and gives no other job the right to", () => {
    const { permissions, jobs } = workflow("preview");
    const from = (full_name: string) => ({
      github: {
        repository: "acme/seats",
        event: { pull_request: { head: { repo: { full_name } } } },
      },
    });
    expect(isMet(jobs.comment.if, from("acme/seats"))).to.equal(true);
    expect(isMet(jobs.comment.if, from("mallory/seats"))).to.equal(false);
    const { comment, ...others } = jobs as Record<string, { permissions?: object }>;
    expect(comment?.permissions).to.deep.equal({ contents: "read", "pull-requests": "write" });
    expect(Object.values(others).flatMap((job) => job.permissions ?? [])).to.deep.equal([]);
    expect(permissions).to.deep.equal({ contents: "read" });
  });

  it("replaces the previews of a pull request by those of its newer commit, and none of another's", () => {
    expect(workflow("preview").concurrency.group).to.match(/^preview-\$\{\{ github\.ref \}\}$/);
  });

  it("runs the workflow up for one commit at a time, because each has a map of its own", () => {
    expect(workflow("up").concurrency).to.deep.equal({ group: "up", "cancel-in-progress": false });
  });
});
