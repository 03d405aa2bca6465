import { expect } from "chai";
import { onEachEntryPoint } from "../support/entryPoints";
import { user } from "../support/ids";
import type { PartialResource } from "../support/partialResource";
import { roster, rosterHarness } from "../support/providerHarness";
import { rejection } from "../support/rejection";

const [alice, bob, carol] = [user(1), user(2), user(3)];
const ID = "on_call/roster";
const single = { productCode: "on_call", userId: bob, __urn: "bob" };
const named = (name: string, members: Record<string, string>, more = {}) =>
  roster(members, { __urn: name, ...more });

onEachEntryPoint("a member who leaves a SeatRoster", (entryPoint) => {
  const ctx = rosterHarness(entryPoint);
  const holders = () => ctx.simulator.org.holders("on_call");
  const claim = (...ids: string[]) => {
    for (const id of ids) ctx.simulator.org.claim("on_call", id);
  };

  it("keeps the seat once `maxRemovals` has refused another roster: the engine shows no more of the program", async () => {
    claim(alice, bob, carol);
    const [olds, news] = [named("days", { alice, bob }), named("days", { alice })];
    await ctx.provider.check(news, olds);
    await ctx.provider.diff(ID, olds, news);
    const [nights, emptied] = [
      named("nights", { carol }, { maxRemovals: 0 }),
      named("nights", {}, { maxRemovals: 0 }),
    ];
    await ctx.provider.check(emptied, nights);
    const refused = await rejection(ctx.provider.diff(ID, nights, emptied));
    expect(refused.message).to.include("maxRemovals");

    const { message } = await rejection(ctx.provider.update(ID, olds, news));
    expect(message).to.include("another resource failed in this run");
    expect(ctx.simulator.count("DELETE")).to.equal(0);
    expect(holders()).to.deep.equal([alice, bob, carol]);
  });

  describe("for a SeatAssignment that the engine has no worker for yet", () => {
    const [olds, news] = [named("team", { alice, bob }), named("team", { alice })];
    const declare = async () => {
      await ctx.provider.check(news, olds);
      await ctx.provider.diff(ID, olds, news);
      await ctx.provider.as("SeatAssignment").check(single);
    };
    const failing = async (update: Promise<unknown>) =>
      (await rejection(update)) as PartialResource;

    it("stays in the state of the roster, whose update fails; the next run has one owner and sends no write", async () => {
      claim(alice, bob);
      await declare();
      const error = await failing(ctx.provider.update(ID, olds, news));
      // The engine keeps the old state where an error comes without one.
      const state = error.outputs ?? olds;
      expect(state.members).to.deep.equal({ alice, bob });
      expect(error.message).to.include('"bob"').and.include("pulumi up");

      await ctx.restart();
      await declare();
      const [created, updated] = await Promise.all([
        ctx.provider.as("SeatAssignment").create(single),
        ctx.provider.update(ID, state, news),
      ]);
      expect(created.outputs).to.include({ userId: bob, adopted: true });
      expect(updated.members).to.deep.equal({ alice });
      expect(ctx.writes()).to.deep.equal([]);
    });

    it("stays beside what else the update has done", async () => {
      claim(alice, bob);
      const wanted = named("team", { alice, carol });
      await ctx.provider.check(wanted, olds);
      await ctx.provider.as("SeatAssignment").check(single);
      const error = await failing(ctx.provider.update(ID, olds, wanted));
      expect(error.outputs.members).to.deep.equal({ alice, bob, carol });
      expect(ctx.writes()).to.deep.equal([["POST", carol]]);
    });
  });
});

// The native plugin is told the URN with every request, and keeps none in the state.
describe("a SeatRoster whose state has the URN from before an alias, a stack rename or a state move", () => {
  const ctx = rosterHarness("dynamic");

  // A run without a change renews the URN among the inputs of the state, and not among the outputs.
  for (const [run, urn] of [
    ["in the first run with the new URN", "before"],
    ["in a later run", "after"],
  ] as const) {
    it(`is deleted before its replacement by another product is created, ${run}`, async () => {
      ctx.simulator.org.claim("on_call", alice);
      ctx.simulator.org.product("incident_response");
      const [inputs, outputs] = [named(urn, { alice }), named("before", { alice })];
      const news = { ...named("after", { alice }), productCode: "incident_response" };
      await ctx.provider.check(news, inputs);
      const { replaces } = await ctx.provider.diff(ID, outputs, news);
      expect(replaces).to.deep.equal(["productCode"]);
      await ctx.provider.check(news);

      await ctx.provider.delete(ID, outputs);
      await ctx.provider.create(news);
      expect(ctx.writes()).to.deep.equal([
        ["DELETE", alice],
        ["POST", alice],
      ]);
    });
  }

  it("owns its seats after a second one too: another resource leaves them to it", async () => {
    ctx.simulator.org.claim("on_call", alice);
    const [outputs, inputs] = [named("first", { alice }), named("second", { alice })];
    const news = named("third", { alice });
    await ctx.provider.check(news, inputs);
    expect((await ctx.provider.diff(ID, outputs, news)).changes).to.equal(false);

    await ctx.provider
      .as("SeatAssignment")
      .delete(`on_call/${alice}`, { ...single, userId: alice });
    expect(ctx.writes()).to.deep.equal([]);
  });
});
