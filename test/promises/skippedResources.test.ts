import { expect } from "chai";
import { onEachEntryPoint } from "../support/entryPoints";
import { user } from "../support/ids";
import { stackHarness } from "../support/stackHarness";

const [alice, bob, carol, dave] = [user(1), user(2), user(3), user(4)];
const seat = (name: string, userId: string) => ({ name, productCode: "on_call", userId });
const team = {
  name: "team",
  productCode: "on_call",
  members: { alice, dave },
  afterSeats: true,
};

onEachEntryPoint("ownership when --continue-on-error skips a resource", (entryPoint) => {
  const ctx = stackHarness({ entryPoint });
  const holders = () => ctx.simulator.org.holders("on_call");

  it("keeps every seat that goes, for the skipped one may declare it, and removes the rest in the next run", async () => {
    await ctx.stack.declare(seat("alice", alice), seat("bob", bob));
    await ctx.stack.up();
    ctx.simulator.clearRequests();
    ctx.simulator.org.claim("incident_response", carol);
    await ctx.stack.declare({
      ...{ name: "refused", productCode: "incident_response", userId: carol },
      existing: "reject",
    });
    await ctx.stack.declareRosters(team);

    const output = await ctx.stack.fails("up", "--yes", "--skip-preview", "--continue-on-error");
    for (const id of [alice, bob]) {
      expect(output).to.include(
        `Kept the on_call seat of user ${id}: another resource failed in this run`,
      );
    }
    expect(ctx.writes()).to.deep.equal([]);
    expect(await ctx.stack.owned()).to.deep.equal([`alice on_call/${alice}`, `bob on_call/${bob}`]);

    ctx.simulator.org.unassign("incident_response", carol);
    await ctx.stack.up();
    expect(ctx.writes().sort()).to.deep.equal([
      `DELETE on_call ${bob}`,
      `POST incident_response ${carol}`,
      `POST on_call ${dave}`,
    ]);
    expect(holders()).to.deep.equal([alice, dave]);
  });
});
