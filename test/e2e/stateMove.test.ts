import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { Simulator } from "../../simulator/src";
import { user, users } from "../support/ids";
import { shellCommands } from "../support/markdown";
import { TestStack } from "../support/stack";
import { newWorkFolder } from "../support/workFolder";

const [alice, bob, carol] = [user(1), user(2), user(3)];
const seat = { name: "alice-on-call", productCode: "on_call", userId: alice };
const stays = { name: "bob-on-call", productCode: "on_call", userId: bob };
const roster = { name: "leads", productCode: "incident_response", members: { carol } };

describe("seats that `pulumi state move` takes to another stack", () => {
  let simulator: Simulator;
  let folder: string;
  const stack = (name: string) => TestStack.inFolder(simulator, folder, { name, compiled: true });

  beforeEach(async () => {
    simulator = await Simulator.start();
    for (const id of users(3)) simulator.org.addUser(id);
    for (const product of ["on_call", "incident_response"]) simulator.org.product(product);
    folder = newWorkFolder("move-");
    cpSync(join(__dirname, "program"), folder, { recursive: true });
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true });
    await simulator.stop();
  });

  it("stay assigned, and belong to that stack alone: no write is sent until it is destroyed", async () => {
    const [from, to] = [await stack("platform"), await stack("sre")];
    await from.declare(seat, stays);
    await from.declareRosters(roster);
    await from.up();
    await to.up();
    simulator.clearRequests();

    const [command = []] = shellCommands("pulumi state move", ["docs/guarantees.md"]);
    const options = command.filter((argument) => !argument.startsWith("urn:"));
    const urns = (await from.seats()).map(({ urn }) => urn);
    const moved = urns.filter((urn) => !urn.endsWith(stays.name));
    const shown = moved.map((urn) => urn.replace("::e2e::", "::seats::"));
    expect(shown).to.include(command.at(-1));
    await from.succeeds("state", "move", ...options, "--yes", ...moved);
    await from.declare(stays);
    await from.declareRosters();
    await to.declare(seat);
    await to.declareRosters(roster);
    for (const each of [from, to]) await each.up("--expect-no-changes");
    expect(simulator.count()).to.equal(0);
    await to.preview("--refresh", "--expect-no-changes");

    await from.destroy();
    expect(simulator.org.holders("on_call")).to.deep.equal([alice]);
    await to.destroy();
    expect(simulator.org.holders("on_call")).to.deep.equal([]);
    expect(simulator.org.holders("incident_response")).to.deep.equal([]);
  });
});
