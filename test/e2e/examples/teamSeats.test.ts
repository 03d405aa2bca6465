import { expect } from "chai";
import { Simulator } from "../../../simulator/src";
import { exampleReadme, readmeCommands } from "../../support/example";
import { user } from "../../support/ids";
import { TestStack } from "../../support/stack";

const alice = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
const bob = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

describe("examples/team-seats", () => {
  let simulator: Simulator;
  let stack: TestStack;

  beforeEach(async () => {
    simulator = await Simulator.start();
    for (const id of [alice, bob]) simulator.org.addUser(id);
    for (const product of ["on_call", "incident_response"]) simulator.org.product(product);
    stack = await TestStack.create(simulator, { program: "examples/team-seats" });
  });
  afterEach(async () => {
    stack.remove();
    await simulator.stop();
  });

  it("gives every member a seat of every product, up to the limit", async () => {
    const [, ...commands] = readmeCommands("team-seats", "pulumi");
    for (const args of commands) {
      await stack.succeeds(...args, ...(args[0] === "up" ? ["--yes"] : []));
    }
    for (const product of ["on_call", "incident_response"]) {
      expect(simulator.org.holders(product)).to.deep.equal([alice, bob]);
    }

    simulator.clearRequests();
    await stack.succeeds("config", "set", "--path", "members.carol", user(3));
    await stack.succeeds("config", "set", "--path", "members.dave", user(4));
    const [, refusal = ""] = /`(The team .*?)`/s.exec(exampleReadme("team-seats")) ?? [];
    expect(await stack.fails("up", "--yes")).to.include(refusal.replace("\n", " "));
    expect(simulator.count()).to.equal(0);
  });
});
