import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { addExecutable } from "../../../scripts/pulumi-cli/plugin";
import { Simulator } from "../../../simulator/src";
import { datadogSeats } from "../../support/command";
import { readmeCommands } from "../../support/example";
import { users } from "../../support/ids";
import { TestStack } from "../../support/stack";

describe("examples/import", () => {
  let simulator: Simulator;
  let stack: TestStack;

  before(async () => {
    simulator = await Simulator.start();
    for (const id of users(300)) {
      simulator.org.addUser(id);
      simulator.org.claim("on_call", id);
    }
    stack = await TestStack.create(simulator, { program: "examples/import" });
    addExecutable(join(stack.folder, "node_modules", ".bin"));
  });
  after(async () => {
    stack.remove();
    await simulator.stop();
  });

  it("owns the seats of an org without a write and without a diff, by one listing", async () => {
    const { environment, folder } = stack;
    const [list = []] = readmeCommands("import", "npx datadog-seats");
    const { code, stdout, stderr } = await datadogSeats(list.slice(0, list.indexOf(">")), {
      environment,
    });
    expect(code, stderr).to.equal(0);
    writeFileSync(join(folder, "seats.json"), stdout);

    const [, importing = [], previewing = []] = readmeCommands("import", "pulumi");
    expect(importing[0]).to.equal("import");
    simulator.clearRequests();
    await stack.succeeds(...importing, "--yes");
    expect(simulator.count()).to.be.at.most(4);
    await stack.succeeds(...previewing);
    expect(await stack.resources()).to.have.length(300);
    expect(simulator.requests.every(({ method }) => method === "GET")).to.equal(true);
  });
});
