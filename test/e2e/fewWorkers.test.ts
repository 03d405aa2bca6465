// Which step of a run waits for which, no test over gRPC could show.
import { expect } from "chai";
import { user } from "../support/ids";
import { stackHarness } from "../support/stackHarness";

const [alice, bob] = [user(1), user(2)];
const team = (members: Record<string, string>) => ({
  name: "team",
  productCode: "on_call",
  members,
});

describe("a member who goes from a roster to a SeatAssignment while Pulumi's only worker updates the roster", () => {
  const ctx = stackHarness();

  it("has one owner when the run succeeds, and after the next `pulumi up` in any case, without a write", async () => {
    await ctx.stack.declareRosters(team({ alice, bob }));
    await ctx.stack.up();
    ctx.simulator.clearRequests();
    await ctx.stack.declareRosters(team({ alice }));
    await ctx.stack.declare({ name: "bob", productCode: "on_call", userId: bob });

    const before = await ctx.stack.owned();
    const after = [`bob on_call/${bob}`, `team on_call/${alice}`];
    const { code } = await ctx.stack.pulumi("up", "--yes", "--skip-preview", "--parallel", "1");
    expect(await ctx.stack.owned()).to.deep.equal(code === 0 ? after : before);

    await ctx.stack.up();
    expect(await ctx.stack.owned()).to.deep.equal(after);
    expect(ctx.writes()).to.deep.equal([]);
  });
});
