// Two processes of the native plugin in one run: the resources go over from one provider to another. Without a process of
// its own there is nobody to ask.
import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { Simulator } from "../../simulator/src";
import { configurationFor } from "../support/connection";
import { EngineStub } from "../support/engineStub";
import { user, users } from "../support/ids";
import { roster } from "../support/providerHarness";
import { type Provider, ProviderProcess } from "../support/providerProcess";
import { rejection } from "../support/rejection";

const [alice, bob, carol] = [user(1), user(2), user(3)];
const seat = (userId: string, more = {}) => ({ productCode: "on_call", userId, ...more });
const idOf = (userId: string) => `on_call/${userId}`;

const describeHere = process.env.SEATS_PROVIDER === "inline" ? describe.skip : describe;

describeHere("two processes of the native plugin in one run", () => {
  let simulator: Simulator;
  let temporary: string;
  let folder: string;
  let engine: [EngineStub, string];
  let before: Provider;
  let after: Provider;

  /** An engine that doesn't end with one of its processes. */
  const outliving = ([stub, address]: [EngineStub, string]): [EngineStub, string] => [
    Object.create(stub, { end: { value: () => {} } }),
    address,
  ];
  const start = (server = simulator, of = outliving(engine)) =>
    ProviderProcess.start(configurationFor(server), {
      entryPoint: "plugin",
      environment: { TMPDIR: temporary },
      engine: of,
    });
  const orgOf = (server: Simulator) => {
    for (const id of users(5)) server.org.addUser(id);
    server.org.product("on_call");
  };
  const holders = () => simulator.org.holders("on_call");
  const deleted = () =>
    simulator.requests
      .filter(({ method }) => method === "DELETE")
      .flatMap(({ userIds }) => userIds);

  beforeEach(async () => {
    simulator = await Simulator.start();
    orgOf(simulator);
    for (const id of [alice, bob, carol]) simulator.org.claim("on_call", id);
    // Where the path of a socket is short enough on every system.
    temporary = mkdtempSync("/tmp/seats-");
    folder = join(temporary, `datadog-seats-${process.getuid?.()}`);
    engine = await EngineStub.start();
    [before, after] = await Promise.all([start(), start()]);
  });
  afterEach(async () => {
    await Promise.all([before.stop(), after.stop()]);
    engine[0].end();
    await simulator.stop();
    rmSync(temporary, { recursive: true });
  });

  it("leave a seat in place that a resource of the other one owns", async () => {
    await after.check(seat(alice, { __urn: "new" }));
    await after.create(seat(alice, { __urn: "new" }));
    const crew = roster({ bob, carol });
    await after.as("SeatRoster").check(crew);
    await after.as("SeatRoster").create(crew);
    await before.delete(idOf(alice), seat(alice, { __urn: "old" }));
    await before.as("SeatRoster").delete("on_call/roster", roster({ b: bob, c: carol }));
    expect(deleted()).to.deep.equal([]);
    const output = await before.outputAtEnd();
    expect(output).to.include(`Left the seat ${idOf(alice)} in place`);
    expect(output).to.include('Left the seats of on_call of "b", "c" in place');
  });

  it("keep a seat until a resource of the other one owns it: that its own state has it does not count", async () => {
    const own = seat(bob, { __urn: "same" });
    await after.check(seat(alice, { __urn: "new" }));
    await after.check(own, own);
    await after.check(seat(carol, { __urn: "new" }), seat(carol));
    const kept = [
      rejection(before.delete(idOf(alice), seat(alice, { __urn: "old" }))),
      rejection(before.delete(idOf(bob), own)),
    ];
    await before.delete(idOf(carol), seat(carol, { __urn: "old" }));
    for (const { message } of await Promise.all(kept)) {
      expect(message).to.match(/^Kept the seat .* under this name/);
    }
    await after.create(own);
    await before.delete(idOf(bob), own);
    expect(deleted()).to.deep.equal([]);
  });

  it("unassign a seat that the other one declares at another API, and one that another run declares", async () => {
    const eu = await Simulator.start();
    orgOf(eu);
    const others = await Promise.all([start(eu), start(simulator, await EngineStub.start())]);
    await Promise.all(others.map((other) => other.check(seat(alice))));
    await before.delete(idOf(alice), seat(alice));
    expect(holders()).to.deep.equal([bob, carol]);
    await Promise.all(others.map((other) => other.stop()));
    await eu.stop();
  });

  it("both unassign a seat that neither declares", async () => {
    await Promise.all([before, after].map((one) => one.delete(idOf(alice), seat(alice))));
    expect(holders()).to.deep.equal([bob, carol]);
  });

  it("hand a member of a roster over to a seat of the other one", async () => {
    const rosters = before.as("SeatRoster");
    await rosters.check(roster({ alice }), roster({ alice, bob }));
    await after.check(seat(bob));
    await rosters.update("on_call/roster", roster({ alice, bob }), roster({ alice }), true);
    const update = rosters.update("on_call/roster", roster({ alice, bob }), roster({ alice }));
    await after.create(seat(bob));
    expect(await update).to.deep.equal(roster({ alice }));
    expect(deleted()).to.deep.equal([]);
    expect(await before.outputAtEnd()).to.include("- bob (left in place, for another resource)");
  });

  it("leave a seat to a roster of the other one that takes it over meanwhile", async () => {
    const rosters = after.as("SeatRoster");
    await rosters.check(roster({ alice, bob }), roster({ alice }));
    const deletion = before.delete(idOf(bob), seat(bob));
    await rosters.update("on_call/roster", roster({ alice }), roster({ alice, bob }));
    await deletion;
    expect(deleted()).to.deep.equal([]);
  });

  it("remove nobody from a roster after a resource of the other one has failed", async () => {
    await after.check(seat(user(999)));
    await rejection(after.create(seat(user(999))));
    const update = before
      .as("SeatRoster")
      .update("on_call/roster", roster({ alice, bob }), roster({ alice }));
    expect((await rejection(update)).message).to.include(
      `Kept the seat ${idOf(bob)}: another resource failed in this run`,
    );
  });

  it("assign a seat again that the other one has unassigned, whatever was listed before", async () => {
    await after.read(idOf(bob), seat(bob));
    await before.delete(idOf(bob), seat(bob));
    await after.check(seat(bob), seat(bob));
    expect((await after.diff(idOf(bob), seat(bob), seat(bob))).changes).to.equal(true);
    await after.update(idOf(bob), seat(bob), seat(bob));
    expect(holders()).to.deep.equal([alice, bob, carol]);

    await before.delete(idOf(carol), seat(carol));
    await after.as("SeatRoster").create(roster({ carol }));
    expect(holders()).to.deep.equal([alice, bob, carol]);
  });

  it("assign a seat only after the other one has unassigned it", async () => {
    simulator.faults.add({
      method: "DELETE",
      status: 429,
      headers: { "x-ratelimit-reset": "1" },
    });
    const created = new Promise((resolve) => {
      simulator.onRequest = ({ status }) => {
        if (status === 429) resolve(after.check(seat(bob)).then(() => after.create(seat(bob))));
      };
    });
    await before.delete(idOf(bob), seat(bob));
    await created;
    expect(holders()).to.deep.equal([alice, bob, carol]);
  });

  it("do not ask one that has ended, and remove its socket", async () => {
    await after.check(seat(alice));
    await after.stop();
    expect(readdirSync(folder)).to.have.lengthOf(2);
    await before.delete(idOf(alice), seat(alice));
    expect(holders()).to.deep.equal([bob, carol]);
    expect(readdirSync(folder)).to.have.lengthOf(1);

    await before.stop();
    before = await start(simulator, await EngineStub.start());
    expect(readdirSync(folder), "in the next run").to.have.lengthOf(1);
  });

  it("keep every seat where others could listen in the place of them, but do assign seats", async () => {
    chmodSync(folder, 0o755);
    const alone = await start();
    await alone.create(seat(user(4)));
    const error = await rejection(alone.delete(idOf(alice), seat(alice)));
    expect(error.message).to.match(
      /^Kept the seat .* could not ask the other providers .* set TMPDIR to one/,
    );
    expect(holders()).to.deep.equal([alice, bob, carol, user(4)]);
    await alone.stop();
  });
});
