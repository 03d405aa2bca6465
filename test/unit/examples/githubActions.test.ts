import { expect } from "chai";
import { parse } from "yaml";
import { readDocument } from "../../support/markdown";

interface Step {
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const workflow = (name: string) =>
  parse(readDocument(`examples/github-actions/.github/workflows/${name}.yml`));

describe("examples/github-actions", () => {
  for (const name of ["preview", "up", "drift"]) {
    it(`gives the ownership map to pulumi in the workflow ${name}, once it is written`, () => {
      const steps: Step[] = workflow(name).jobs[name].steps;
      const written = steps.findIndex(({ run }) => run === "npm run --silent map");
      const given = steps.findIndex(({ run }) => /\bpulumi (preview|up) /.test(run ?? ""));
      expect(steps[given]?.env).to.include({ DATADOG_SEATS_OWNERSHIP_MAP: "seats.json" });
      expect(written).to.be.within(0, given - 1);
    });
  }

  it("runs the workflow up for one commit at a time, because each has a map of its own", () => {
    expect(workflow("up").concurrency).to.deep.equal({ group: "up", "cancel-in-progress": false });
  });
});
