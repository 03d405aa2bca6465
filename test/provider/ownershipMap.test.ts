// What the ownership map changes: a seat that it lists is never unassigned, and only the stack that it names may claim it.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { onEachEntryPoint } from "../support/entryPoints";
import { user } from "../support/ids";
import { roster, rosterHarness } from "../support/providerHarness";
import { rejection } from "../support/rejection";

const [alice, bob, carol, dave] = [user(1), user(2), user(3), user(4)];
/** As `rosterHarness` makes them. */
const emailOf = (userId: string) => `${Number(userId.slice(-6))}@example.com`;
const urn = (type: string, name: string) => `urn:pulumi:test::test::${type}::${name}`;
const seat = (userId: string, more = {}) => ({
  productCode: "on_call",
  userId,
  __urn: urn("SeatAssignment", "seat"),
  ...more,
});
const team = (members: Record<string, string>, more = {}) =>
  roster(members, { __urn: urn("SeatRoster", "team"), ...more });
const id = (userId: string) => `on_call/${userId}`;
const ROSTER = "on_call/roster";

onEachEntryPoint("a seat that the ownership map lists", (entryPoint) => {
  const ctx = rosterHarness(entryPoint);
  const assignments = () => ctx.provider.as("SeatAssignment");
  const holders = () => ctx.simulator.org.holders("on_call");
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "map-"));
    for (const userId of [alice, bob, carol]) ctx.simulator.org.claim("on_call", userId);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Starts a run with a map of `on_call` seats by stack. This stack is called test. */
  async function withMap(map: object, config: Record<string, string> = {}): Promise<void> {
    const file = join(folder, "seats.json");
    const stacks = Object.entries(map).map(([stack, on_call]) => [stack, { on_call }]);
    writeFileSync(file, JSON.stringify(Object.fromEntries(stacks)));
    await ctx.restart({ "datadogSeats:ownershipMap": file, ...config });
    ctx.simulator.clearRequests();
  }
  const output = () => ctx.provider.outputAtEnd();
  /** From the roster to a SeatAssignment. */
  async function moveAliceOutOfRoster(): Promise<void> {
    const [olds, news] = [team({ alice, bob }), team({ bob })];
    await ctx.provider.check(news, olds);
    await ctx.provider.diff(ROSTER, olds, news);
    await assignments().check(seat(alice));
    await assignments().create(seat(alice));
    await ctx.provider.update(ROSTER, olds, news);
  }

  for (const [how, as] of [
    ["UUID", (userId: string) => userId],
    ["email", emailOf],
  ] as const) {
    describe(`by ${how}`, () => {
      it("under another stack is left in place when its SeatAssignment is deleted", async () => {
        await withMap({ platform: [as(alice)] });
        await assignments().check(seat(bob), seat(bob));
        await assignments().delete(id(alice), seat(alice));
        expect(holders()).to.deep.equal([alice, bob, carol]);
        expect(ctx.writes()).to.deep.equal([]);
        expect(await output())
          .to.match(/Left the seat \S+ in place: \S+seats.json lists it under platform\./)
          .and.not.include("not told which stack");
      });

      it("under another stack is left in place when a roster's member leaves, while others are unassigned", async () => {
        await withMap({ platform: [as(alice)] });
        const olds = team({ alice, bob, carol });
        await ctx.provider.check(team({ carol }), olds);
        await ctx.provider.diff(ROSTER, olds, team({ carol }));
        await ctx.provider.update(ROSTER, olds, team({ carol }));
        expect(ctx.writes()).to.deep.equal([["DELETE", bob]]);
        expect(await output()).to.match(
          /- bob \(unassigned\), - alice \(left in place: \S+seats.json lists it under platform\)/,
        );
      });

      it("is said to be listed there on the row of a roster's preview", async () => {
        await withMap({ "test/platform": [as(alice)] });
        const olds = team({ alice, bob });
        const hint = entryPoint === "dynamic" && { __preview: true };
        await ctx.provider.check(team({ bob }, hint), olds);
        await ctx.provider.diff(ROSTER, olds, team({ bob }));
        if (entryPoint === "plugin") await ctx.provider.update(ROSTER, olds, team({ bob }), true);
        expect(await output()).to.match(
          /- alice \(leaves the roster; \S+seats.json lists it under test\/platform\)/,
        );
      });

      it("under this stack keeps its resource when no other owns it", async () => {
        await withMap({ "test/test": [as(alice)] });
        await assignments().check(seat(bob), seat(bob));
        const { message } = await rejection(assignments().delete(id(alice), seat(alice)));
        expect(message).to.match(
          /lists it under test\/test, which is this stack, but no resource .* for a `pulumi destroy`, without this stack/,
        );
        expect(ctx.writes()).to.deep.equal([]);
      });

      it("under this stack is left to the resource that owns it", async () => {
        await withMap({ test: [as(alice)] });
        await moveAliceOutOfRoster();
        expect(ctx.writes()).to.deep.equal([]);
        expect(await output()).to.include("- alice (left in place)");
      });

      it("under this stack is adopted in spite of `existing: reject`", async () => {
        await withMap({ test: [as(alice), as(bob)] });
        await assignments().check(seat(alice, { existing: "reject" }));
        await assignments().create(seat(alice, { existing: "reject" }));
        const news = team({ bob }, { existing: "reject" });
        await ctx.provider.check(news);
        await ctx.provider.create(news);
        expect(ctx.writes()).to.deep.equal([]);
        expect(await output()).to.include("+ bob (adopted)");
      });

      it("under another stack is not adopted, nor is anybody else assigned a seat by that roster", async () => {
        await withMap({ platform: [as(alice)] });
        await assignments().check(seat(alice));
        expect((await rejection(assignments().create(seat(alice)))).message).to.match(
          /^Can't own the on_call seat of user \S+ \(1@example.com\): \S+ lists it under platform, another stack/,
        );
        const news = team({ dave, ally: alice });
        await ctx.provider.check(news);
        expect((await rejection(ctx.provider.create(news))).message).to.match(
          /^Nothing was changed, because on_call seats of this roster belong to other stacks: "ally" \(\S+ lists it under platform\)/,
        );
        expect(ctx.writes()).to.deep.equal([]);
      });

      it("is no stranger to an exclusive roster", async () => {
        await withMap({ platform: [as(alice)] });
        const state = team({ bob }, { exclusive: true });
        const { outputs } = await ctx.provider.read(ROSTER, state);
        expect(outputs).to.include.keys("others");
        expect(outputs.members).to.deep.equal({ bob, [emailOf(carol)]: carol });
      });
    });
  }

  it("is left in place where the run does not know its stack, with a warning, as in a destroy by the dynamic provider", async () => {
    await withMap({ sre: [alice], platform: [emailOf(bob)] });
    await ctx.provider.delete(ROSTER, roster({ alice, bob, carol }));
    expect(ctx.writes()).to.deep.equal([["DELETE", carol]]);
    const text = await output();
    expect(text).to.match(/- alice \(left in place: \S+ lists it under sre\)/);
    // The engine tells the native plugin.
    const isTold = entryPoint === "plugin";
    expect(text.includes("This run is not told which stack it is of")).to.equal(!isTold);
  });

  it("is not unassigned where nobody holds it, because another stack may be about to assign it", async () => {
    ctx.simulator.org.unassign("on_call", alice);
    await withMap({ platform: [emailOf(alice)] });
    await ctx.provider.delete(ROSTER, roster({ alice, bob }));
    expect(ctx.writes()).to.deep.equal([["DELETE", bob]]);
  });

  it("fails the run before a write where the listing that tells emails is not permitted", async () => {
    await withMap({ platform: [emailOf(alice)] });
    ctx.simulator.faults.add({ method: "GET", status: 403, times: 50 });
    const { message } = await rejection(ctx.provider.delete(ROSTER, roster({ alice, bob })));
    expect(message).to.include("with UUIDs in its place no listing is needed");
    expect(ctx.writes()).to.deep.equal([]);
  });

  it("fails where Datadog tells no email of whoever is to leave, because the map may list it", async () => {
    ctx.simulator.org.addUser(alice, { email: "" });
    await withMap({ platform: ["alice@example.com"] });
    const { message } = await rejection(ctx.provider.delete(ROSTER, roster({ alice, bob })));
    expect(message).to.match(/^Datadog tells no email of user \S+, so it is not known whether/);
    expect(ctx.writes()).to.deep.equal([]);
  });

  it("under this stack keeps the whole of a deleted roster, because Pulumi records no part of a delete", async () => {
    await withMap({ test: [alice] });
    await assignments().check(seat(carol), seat(carol));
    await assignments().diff(id(carol), seat(carol), seat(carol));
    await rejection(ctx.provider.delete(ROSTER, roster({ alice, bob })));
    expect(ctx.writes()).to.deep.equal([]);
  });

  it("by email is told from a seat that this run has assigned without a listing", async () => {
    await withMap({ platform: [emailOf(bob)] }, { "datadogSeats:adoptionPages": "0" });
    await moveAliceOutOfRoster();
    expect(ctx.writes()).to.deep.equal([["POST", alice]]);
    expect(await output()).to.include("- alice (left in place)");
  });

  it("by UUID needs no listing", async () => {
    await withMap({ platform: [alice] });
    await ctx.provider.delete(ROSTER, roster({ alice, bob }));
    expect(ctx.simulator.count("GET")).to.equal(0);
    expect(ctx.writes()).to.deep.equal([["DELETE", bob]]);
  });

  it("is what the run has read first, whatever becomes of the file meanwhile", async () => {
    await withMap({ platform: [alice] });
    await assignments().check(seat(bob), seat(bob));
    writeFileSync(join(folder, "seats.json"), "{");
    await assignments().delete(id(alice), seat(alice));
    expect(ctx.writes()).to.deep.equal([]);
  });

  it("is safe where the map can't be read: each check, create and delete fails before a write", async () => {
    await withMap({ platform: [alice] }, { "datadogSeats:ownershipMap": folder });
    const { failures } = await assignments().check(seat(dave));
    expect(failures.map(({ reason }) => reason).join()).to.include(`${folder} is not a file`);
    await rejection(assignments().create(seat(dave)));
    await rejection(ctx.provider.delete(ROSTER, roster({ alice })));
    expect(ctx.writes()).to.deep.equal([]);
  });
});
