import { cpSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { anyPulumiBin } from "../../../scripts/pulumi-cli/install";
import { Simulator } from "../../../simulator/src";
import { readmeCommands } from "../../support/example";
import { user } from "../../support/ids";
import { repository } from "../../support/markdown";
import { writeNpm } from "../../support/npmStandIn";
import { assertNoKeys } from "../../support/secrecy";
import { TestStack } from "../../support/stack";
import { newWorkFolder } from "../../support/workFolder";
import { runWorkflow } from "../../support/workflow";

const alice = user(1);
const bob = user(2);
const carol = user(3);
const mallory = user(4);
const example = "on-call-schedule";

describe("examples/on-call-schedule", () => {
  let simulator: Simulator;
  let stack: TestStack;
  const [, configure = [], up = [], follow = []] = readmeCommands(example, "pulumi");
  const schedule = configure.at(-1) ?? "";

  before(async () => {
    simulator = await Simulator.start();
    for (const [name, id] of Object.entries({ alice, bob, carol, mallory })) {
      simulator.org.addUser(id, { email: `${name}@example.com` });
    }
    const folder = newWorkFolder("on-call-");
    cpSync(join(repository, "examples", example), folder, { recursive: true });
    stack = await TestStack.inFolder(simulator, folder, { name: "org" });
  });
  after(async () => {
    stack.remove();
    await simulator.stop();
  });

  /** What the workflow does on an event of GitHub's, with the stack that the commands of the README have made. */
  async function workflow(event: string) {
    const bin = join(stack.folder, ".bin");
    writeNpm(bin, "ci", "");
    const [job] = await runWorkflow(".github/workflows/seats.yml", {
      repository: stack.folder,
      commits: {},
      environment: { ...stack.environment, PATH: `${bin}:${stack.environment.PATH}` },
      pulumiBin: await anyPulumiBin(),
      secrets: {
        PULUMI_ACCESS_TOKEN: "not-used-with-states-in-files",
        DD_API_KEY: simulator.keys.apiKey,
        DD_APP_KEY: simulator.keys.appKey,
      },
      vars: { DD_SITE: "" },
      github: { event_name: event },
    });
    assertNoKeys(event, `${job?.log}${job?.summary}`, simulator.keys);
    return job;
  }

  it("gives a seat to whoever is on the schedule; its workflow names who differs, then makes it so, and unassigns everybody else's", async () => {
    simulator.org.claim("on_call", mallory);
    simulator.org.addSchedule(schedule, [{ members: [alice] }, { members: [bob] }]);
    await stack.succeeds(...configure);
    await stack.succeeds(...up, "--yes", "--skip-preview");
    expect(simulator.org.holders("on_call")).to.deep.equal([alice, bob, mallory]);

    // Bob's layer has ended, Carol has joined, and somebody who has left the company is still on the schedule.
    simulator.org.addUser(user(5), { email: "dave@example.com", status: "Disabled" });
    simulator.org.addSchedule(schedule, [
      { members: [alice, carol, user(5)] },
      { members: [bob], endDate: "2026-01-02T03:04:05Z" },
    ]);
    const night = await workflow("schedule");
    expect(night?.succeeded, night?.log).to.equal(false);
    expect(night?.summary).to.include(
      "    on_call: + carol@example.com (will be assigned), - bob@example.com (leaves the roster)",
    );
    expect(simulator.org.holders("on_call")).to.deep.equal([alice, bob, mallory]);

    const byHand = await workflow("workflow_dispatch");
    expect(byHand?.succeeded, byHand?.log).to.equal(true);
    expect(simulator.org.holders("on_call")).to.deep.equal([alice, carol]);
    expect(byHand?.log).to.include("dave@example.com (disabled)");
    expect((await workflow("schedule"))?.succeeded).to.equal(true);
    expect(await stack.succeeds(...follow, "--yes", "--skip-preview")).to.include("unchanged");
  });
});
