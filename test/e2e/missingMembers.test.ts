import { expect } from "chai";
import { Simulator } from "../../simulator/src";
import { user, users } from "../support/ids";
import { TestStack } from "../support/stack";

describe("a member who is missing from a roster's members", () => {
  let simulator: Simulator;
  let stack: TestStack;

  // One stack for all: nothing may change it.
  before(async () => {
    simulator = await Simulator.start();
    for (const id of users(3)) simulator.org.addUser(id);
    simulator.org.product("on_call");
    stack = await TestStack.create(simulator, { program: "test/e2e/missingMembers" });
    await stack.up();
  });
  beforeEach(() => {
    simulator.clearRequests();
  });
  after(async () => {
    stack.remove();
    await simulator.stop();
  });

  async function expectRefused(output: string) {
    expect(output)
      .to.include('"bob"')
      .and.include("team")
      .and.not.match(/\n\s+at /);
    expect(simulator.org.holders("on_call")).to.include.members([user(1), user(2)]);
    const members = (await stack.seats()).find(({ urn }) => urn.endsWith("::team"))?.outputs
      ?.members;
    expect(members).to.deep.equal({ alice: user(1), bob: user(2) });
    expect(simulator.count("DELETE")).to.equal(0);
  }

  for (const how of [
    "plain undefined",
    "plain null",
    "an output of undefined",
    "an output of null",
    "a Promise of undefined",
    "undefined in an output of all members",
    "undefined in a Promise of all members",
    "an output of undefined in an output of all members",
  ]) {
    it(`fails the preview of an up with the member's label, and nothing is sent: ${how}`, async () => {
      stack.set({ "missing-members:bob": how });
      const output = await stack.fails("up", "--yes");
      expect(output).to.not.include("Updating (");
      await expectRefused(output);
      expect(simulator.count()).to.equal(0);
    });
  }

  it("fails the update where the preview could not know, and nothing is unassigned", async () => {
    stack.set({ "missing-members:bob": "an output that is known after its resource is created" });
    const output = await stack.fails("up", "--yes");
    expect(output).to.include("Updating (");
    await expectRefused(output);
  });
});
