import { expect } from "chai";
import { user } from "../support/ids";
import { stackHarness } from "../support/stackHarness";

const [alice, bob, carol] = [user(1), user(2), user(3)];
const team = (members: Record<string, string>) => ({
  name: "team",
  productCode: "on_call",
  members,
  maxRemovals: 1,
});

// What is counted is shown by test/provider/maxRemovals.test.ts.
describe("maxRemovals of a roster, with the real Pulumi CLI", () => {
  const ctx = stackHarness();

  it("fails the preview of a change by which more members leave, leaves all as it is, and lets fewer leave", async () => {
    await ctx.stack.declareRosters(team({ alice, bob, carol }));
    await ctx.stack.up();
    ctx.simulator.clearRequests();
    const state = await ctx.stack.seats();
    await ctx.stack.declareRosters(team({ alice }));

    const output = await ctx.stack.fails("up", "--yes");
    expect(output)
      .to.include('"bob", "carol"')
      .and.not.match(/Updating \(|\n\s+at /);
    await ctx.stack.fails("up", "--yes", "--skip-preview");
    expect(ctx.writes()).to.deep.equal([]);
    expect(await ctx.stack.seats()).to.deep.equal(state);

    await ctx.stack.declareRosters(team({ alice, carol }));
    await ctx.stack.up();
    expect(ctx.writes()).to.deep.equal([`DELETE on_call ${bob}`]);
  });
});
