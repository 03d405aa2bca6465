import { expect } from "chai";
import { Simulator } from "../../../simulator/src";
import { readmeCommands } from "../../support/example";
import { user } from "../../support/ids";
import { TestStack } from "../../support/stack";

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
    stack = await TestStack.create(simulator, { program: `examples/${example}` });
  });
  after(async () => {
    stack.remove();
    await simulator.stop();
  });

  it("gives a seat to whoever is on the schedule, then follows it, and unassigns everybody else's", async () => {
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
    const output = await stack.succeeds(...follow, "--yes", "--skip-preview");
    expect(simulator.org.holders("on_call")).to.deep.equal([alice, carol]);
    expect(output).to.include("dave@example.com (disabled)");
  });
});
