import { expect } from "chai";
import { onEachEntryPoint } from "../support/entryPoints";
import { user } from "../support/ids";
import { providerHarness } from "../support/providerHarness";
import { rejection } from "../support/rejection";

const seat = { productCode: "on_call", userId: user(1) };

onEachEntryPoint("a seat that was assigned just now", (entryPoint) => {
  const ctx = providerHarness("SeatAssignment", 1, entryPoint);

  it("tells its email when a listing of the run has shown it, without a request of its own", async () => {
    // The first response is lost, the second one doesn't name the user: only a listing tells that the user has the seat.
    ctx.simulator.faults.add({ method: "POST", status: 502, afterEffect: true });
    ctx.simulator.behaviour.assignHeld = "unnamed";
    const { outputs } = await ctx.provider.create(seat);
    expect(outputs).to.include({
      ...seat,
      adopted: false,
      email: "user-000000000001@example.com",
      name: "User 000000000001",
    });
    expect(outputs.assignedAt).to.be.a("string");
    expect(ctx.simulator.count("GET")).to.equal(2);
  });

  it("that replaces another of its product names deleteBeforeReplace where the plan is full, and only then", async () => {
    ctx.simulator.org.product("on_call").capacity = 0;
    const refusal = async (olds: Record<string, unknown>) => {
      await ctx.provider.check(seat, olds);
      return (await rejection(ctx.provider.create(seat))).message;
    };
    const hint = "deleteBeforeReplace: true";
    expect(await refusal({ ...seat, productCode: "incident_response" })).to.not.include(hint);
    expect(await refusal({ ...seat, userId: user(2) })).to.include(hint);
  });

  it("tells no email otherwise: nothing is asked for it", async () => {
    const { outputs } = await ctx.provider.create(seat);
    expect(outputs).to.deep.equal({ ...seat, adopted: false });
    expect(ctx.simulator.requests.map(({ method }) => method)).to.deep.equal(["GET", "POST"]);
  });
});
