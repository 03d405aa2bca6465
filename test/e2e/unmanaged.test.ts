import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { Simulator } from "../../simulator/src";
import { type CommandOptions, datadogSeats } from "../support/command";
import { pointingAt } from "../support/connection";
import { user } from "../support/ids";
import { TestStack } from "../support/stack";

const [alice, bob, carol] = [user(1), user(2), user(3)];

describe("the command datadog-seats unmanaged", () => {
  let simulator: Simulator;
  let folder: string;
  const run = (line: string, options: CommandOptions = {}) =>
    datadogSeats(line.split(" "), { environment: pointingAt(simulator), folder, ...options });

  beforeEach(async () => {
    simulator = await Simulator.start();
    folder = mkdtempSync(join(tmpdir(), "seats-unmanaged-"));
    // Sorted by id, Bob would come last.
    simulator.org.addUser(carol, { email: "bob@example.com" });
    simulator.org.addUser(alice, { email: "Carol@example.com" });
    simulator.org.addUser(bob, { email: "alice@example.com" });
    for (const id of [alice, bob, carol]) simulator.org.claim("on_call", id);
    simulator.org.product("incident_response");
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true });
    await simulator.stop();
  });

  const state = (...userIds: string[]) => stateOf(userIds.map((userId) => `on_call/${userId}`));
  const stateOf = (ids: string[]) => {
    const type = "pulumi-nodejs:dynamic/datadog:SeatAssignment";
    const resources = ids.map((id) => ({ type, urn: `urn:pulumi:test::e2e::${type}::${id}`, id }));
    return JSON.stringify({ version: 3, deployment: { resources } });
  };
  const unmanaged = async (line: string, options?: CommandOptions) => {
    const { code, stdout, stderr } = await run(`unmanaged -p on_call --json ${line}`, options);
    const found = stdout ? (JSON.parse(stdout) as { userId: string }[]) : undefined;
    return { code, stderr, found: found?.map(({ userId }) => userId) };
  };

  it("ends with 3 and lists who is in none of the states, from files and stdin", async () => {
    writeFileSync(join(folder, "a.json"), state(alice));
    expect(await unmanaged("--state a.json -", { stdin: state(bob) })).to.deep.equal({
      code: 3,
      found: [carol],
      stderr: "1 of the 3 who hold a seat of on_call are unmanaged.\n",
    });
  });

  it("ends with 0 when every seat is owned, or nobody holds one", async () => {
    writeFileSync(join(folder, "a.json"), state(alice, bob, carol));
    expect(await unmanaged("--state a.json")).to.include({ code: 0 });
    const stdin = stateOf([`incident_response/${alice}`]);
    const { code, stdout } = await run("unmanaged -p incident_response --state - --csv", { stdin });
    expect({ code, stdout }).to.deep.equal({
      code: 0,
      stdout: '"productCode","email","name","userId","assignedAt"\r\n',
    });
  });

  it("asks whether a product code is right that nobody holds or owns a seat of", async () => {
    writeFileSync(join(folder, "a.json"), state(alice));
    const { code, stderr } = await run("unmanaged -p on_cal --state a.json");
    expect({ code, stderr }).to.deep.equal({
      code: 0,
      stderr:
        "Nobody holds a seat of on_cal.\n" +
        "No state that was read owns a seat of on_cal either, so there was nothing to check: is the product code right?\n",
    });
  });

  it("counts the resources of one org, by default those that name none", async () => {
    const stdin = stateOf([`eu/on_call/${alice}`, `on_call/${bob}`]);
    expect((await unmanaged("--state -", { stdin })).found).to.deep.equal([carol, alice]);
    expect((await unmanaged("--org eu --state -", { stdin })).found).to.deep.equal([bob, carol]);
  });

  it("says which seats of the product it did not count, for they are another org's", async () => {
    writeFileSync(join(folder, "a.json"), stateOf([`eu/on_call/${alice}`]));
    const stdin = stateOf([
      ...[alice, bob].map((id) => `eu/on_call/${id}`),
      `us.gov/incident_response/${bob}`,
      `on_call/${carol}`,
    ]);
    expect((await unmanaged("--state a.json -", { stdin })).stderr).to.equal(
      "2 of the 3 who hold a seat of on_call are unmanaged.\n" +
        "Not counted: seats of on_call that these states own in org eu (2). Count them with --org eu.\n",
    );
    expect((await unmanaged("--state - --org eu", { stdin })).stderr).to.equal(
      "1 of the 3 who hold a seat of on_call are unmanaged.\n" +
        "Not counted: seats of on_call that these states own in no named org (1). Count them without --org.\n",
    );
  });

  it("names the file that it can't read, and asks nothing of Datadog then", async () => {
    writeFileSync(join(folder, "a.json"), state(alice));
    writeFileSync(join(folder, "b.yaml"), "resources: []");
    const missing = await unmanaged("--state a.json missing.json");
    expect(missing).to.include({ code: 1, found: undefined });
    expect(missing.stderr).to.match(/^error: Could not read missing.json: ENOENT.*\n$/);
    expect((await unmanaged("--state b.yaml")).stderr).to.equal(
      "error: b.yaml is not a Pulumi state: it is not JSON.\n",
    );
    expect(simulator.count()).to.equal(0);
  });

  it("asks Pulumi for stacks, and passes its refusal on", async () => {
    const stack = await TestStack.create(simulator);
    try {
      await stack.declare({ name: "alice", productCode: "on_call", userId: alice });
      await stack.declareRosters({ name: "team", productCode: "on_call", members: { bob } });
      await stack.up();
      const options = { environment: stack.environment, folder: stack.folder };
      expect((await unmanaged("--stack test", options)).found).to.deep.equal([carol]);
      expect((await unmanaged("--stack organization/e2e/test", options)).found).to.deep.equal([
        carol,
      ]);
      const refused = await unmanaged("--stack nowhere", options);
      expect(refused.code).to.equal(1);
      expect(refused.stderr).to.match(
        /^error: Could not export the stack nowhere: no stack named 'nowhere' found\n$/,
      );

      // The seat of a lookup is somebody else's.
      await stack.declare({ name: "carol", productCode: "on_call", userId: carol, get: true });
      await stack.up();
      expect((await unmanaged("--stack test", options)).found).to.deep.equal([carol]);
    } finally {
      stack.remove();
    }
  });

  it("says when there is no Pulumi to ask", async () => {
    const environment = { ...pointingAt(simulator), PATH: folder };
    expect((await unmanaged("--stack test", { environment })).stderr).to.equal(
      "error: Could not export the stack test: there is no `pulumi` on the PATH\n",
    );
  });
});
