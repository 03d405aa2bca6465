import { expect } from "chai";
import { Simulator } from "../../simulator/src";
import { user, users } from "../support/ids";
import { TestStack } from "../support/stack";

const [alice, bob, carol, dave] = [user(1), user(2), user(3), user(4)];
const seat = (name: string, userId: string) => ({ name, productCode: "on_call", userId });

describe("getSeatUsers, with the real Pulumi CLI", () => {
  let simulator: Simulator;
  let stack: TestStack;

  beforeEach(async () => {
    simulator = await Simulator.start();
    for (const id of users(5)) simulator.org.addUser(id);
    simulator.org.claim("on_call", carol);
    stack = await TestStack.create(simulator, { keysInEnvironment: false });
    await stack.configure();
  });
  afterEach(async () => {
    stack.remove();
    await simulator.stop();
  });

  const ask = (name: "listed" | "counted", args: object) =>
    stack.set({ [`e2e:${name}`]: JSON.stringify(args) });

  it("finds after `dependsOn` the seats that the run has just assigned, those in components too", async () => {
    await stack.declare(seat("alice", alice), { ...seat("bob", bob), component: "sre" });
    ask("listed", { productCode: "on_call" });

    // Nothing is known before the seats exist, so nothing is asked; nor are new seats looked up here.
    stack.set({ "datadogSeats:previewLookup": "false" });
    await stack.preview();
    expect(simulator.count()).to.equal(0);

    await stack.up();
    expect(stack.outputs().holders).to.deep.equal([alice, bob, carol]);
    await stack.preview("--expect-no-changes");
  });

  it("shows in a preview who holds seats before a roster of `dependsOn` grows", async () => {
    const roster = (members: Record<string, string>) =>
      stack.declareRosters({ name: "team", productCode: "on_call", members });
    await roster({ alice });
    ask("listed", { productCode: "on_call" });
    await stack.up();
    await roster({ alice, bob });
    simulator.org.claim("on_call", dave);
    const [, outputs] = (await stack.preview("--diff")).split("--outputs:--");
    expect(outputs).to.include(carol).and.include(dave).and.not.include(bob);
    await stack.up();
    expect(stack.outputs().holders).to.deep.equal([alice, bob, carol, dave]);
  });

  it("lists every page in a preview already", async () => {
    for (const id of users(5)) simulator.org.claim("on_call", id);
    stack.set({ "datadogSeats:pageSize": "2" });
    ask("counted", { productCode: "on_call" });
    expect(await stack.preview("--diff")).to.match(/count\s*: 5/);
    expect(simulator.count("GET")).to.equal(3);
  });

  it("fails the preview with Datadog's words and the remedy, and no stack trace", async () => {
    simulator.keys.permissions = [];
    for (const name of ["listed", "counted"] as const) {
      ask(name, { productCode: "on_call" });
      const failed = await stack.fails("preview");
      expect(failed).to.include("error: Could not list the on_call seats:");
      expect(failed)
        .to.include("billing_read")
        .and.not.match(/\n\s+at /);
      expect(failed).to.not.include(simulator.keys.apiKey);
      stack.set({ [`e2e:${name}`]: undefined });
    }
  });
});
