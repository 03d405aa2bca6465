// What a roster's row says of its members: in a preview what will become of them, in an `up` what has.
import { expect } from "chai";
import { onEachEntryPoint } from "../support/entryPoints";
import { user } from "../support/ids";
import { roster, rosterHarness } from "../support/providerHarness";

const [alice, bob, carol, dave] = [user(1), user(2), user(3), user(4)];
const ID = "on_call/roster";
const team = (members: Record<string, string>, more = {}) =>
  roster(members, { __urn: "team", ...more });
const single = { productCode: "on_call", userId: bob, __urn: "bob" };

onEachEntryPoint("the row of a SeatRoster", (entryPoint) => {
  const ctx = rosterHarness(entryPoint);
  /** As the engine asks in a preview: the native plugin is told by the engine that it is one, the other by the program. */
  async function preview(news: ReturnType<typeof team>, olds?: ReturnType<typeof team>) {
    const isNative = entryPoint === "plugin";
    await ctx.provider.check({ ...news, ...(!isNative && { __preview: true }) }, olds);
    if (olds) await ctx.provider.diff(ID, olds, news);
    if (!isNative) return;
    if (olds) await ctx.provider.update(ID, olds, news, true);
    else await ctx.provider.create(news, true);
  }

  it("waits for nobody in a preview, while the engine goes on with the program", async () => {
    const olds = team({ alice, bob });
    let isShown = false;
    const shown = preview(team({ alice }), olds).then(() => {
      isShown = true;
    });
    const others = ctx.provider.as("SeatAssignment");
    for (let checks = 0; checks < 1000 && !isShown; checks += 1) {
      await others.check({ ...single, userId: carol });
    }
    expect(isShown).to.equal(true);
    await shown;
    expect(await ctx.provider.outputAtEnd()).to.include("on_call: - bob (leaves the roster)");
  });

  it("says in an up who was assigned, adopted, unassigned and left to another resource", async () => {
    for (const id of [alice, bob, carol]) ctx.simulator.org.claim("on_call", id);
    const news = team({ carol, dave });
    await ctx.provider.check(news, team({ alice, bob }));
    await ctx.provider.as("SeatAssignment").check(single);
    await ctx.provider.as("SeatAssignment").create(single);
    await ctx.provider.update(ID, team({ alice, bob }), news);
    expect(await ctx.provider.outputAtEnd()).to.include(
      "on_call: + dave (assigned), + carol (adopted), - alice (unassigned), - bob (left in place)",
    );
  });

  it("says in a refresh who holds no seat any more and who else holds one, once for each change", async () => {
    const { outputs } = await ctx.provider.create(team({ alice, bob }, { exclusive: true }));
    await ctx.nextRun();
    const org = ctx.simulator.org;
    org.unassign("on_call", bob);
    org.claim("on_call", carol);
    const drifted = await ctx.provider.read(ID, { ...outputs, __urn: "team" });
    const row =
      "on_call: - bob (holds no seat any more), + 3@example.com (holds a seat, and is no member)";
    expect(await ctx.provider.outputAtEnd()).to.equal(row);

    await ctx.restart();
    await ctx.provider.read(ID, drifted.outputs);
    expect(await ctx.provider.outputAtEnd()).to.equal("");
  });
});
