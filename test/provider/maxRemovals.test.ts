import { expect } from "chai";
import { onEachEntryPoint } from "../support/entryPoints";
import { user } from "../support/ids";
import { roster, rosterHarness } from "../support/providerHarness";
import { rejection } from "../support/rejection";

const [alice, bob, carol] = [user(1), user(2), user(3)];
const ID = "on_call/roster";

onEachEntryPoint("maxRemovals of a roster", (entryPoint) => {
  const ctx = rosterHarness(entryPoint);

  /** As the engine asks about a roster that the program declares. */
  async function diff(olds: object, news: object) {
    const declared = { ...news, __urn: "team" };
    expect((await ctx.provider.check(declared, { ...olds })).failures).to.deep.equal([]);
    return ctx.provider.diff(ID, { ...olds }, declared);
  }

  it("refuses the diff, and names those whom it is about, without a request", async () => {
    const news = roster({ alice }, { maxRemovals: 1 });
    const { message } = await rejection(diff(roster({ alice, bob, carol }), news));
    expect(message).to.include("maxRemovals").and.include('"bob", "carol"');
    expect(message).to.not.include('"alice"');
    expect(ctx.simulator.count()).to.equal(0);
  });

  it("counts those whom a refresh has found in an exclusive roster, and lets the refresh itself pass", async () => {
    const exclusive = roster({ alice }, { exclusive: true, maxRemovals: 1 });
    await ctx.provider.create(exclusive);
    for (const id of [bob, carol]) ctx.simulator.org.claim("on_call", id);
    await ctx.nextRun();
    const { outputs } = await ctx.provider.read(ID, exclusive);
    const strangers = ["2@example.com", "3@example.com"];
    expect(outputs.members).to.have.all.keys("alice", ...strangers);
    // The engine shows what was read beside the inputs of the state, before the program is there.
    await ctx.provider.diff(ID, outputs, exclusive);

    await ctx.restart();
    const { message } = await rejection(diff(outputs, exclusive));
    for (const email of strangers) expect(message).to.include(`"${email}"`);
    await ctx.restart();
    expect((await diff(outputs, { ...exclusive, maxRemovals: 2 })).changes).to.equal(true);
  });

  it("does not stand in the way of the roster's removal", async () => {
    const none = roster({ alice, bob }, { maxRemovals: 0 });
    await ctx.provider.create(none);
    await ctx.nextRun();
    await ctx.provider.delete(ID, none);
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal([]);
  });

  it("must be a whole number", async () => {
    for (const maxRemovals of [-1, 1.5]) {
      const { failures } = await ctx.provider.check(roster({ alice }, { maxRemovals }));
      expect(failures[0]?.reason).to.match(/maxRemovals.*expected|expected.*whole number/);
    }
  });
});
