// What the engine tells a program of the state of its stack, no test over gRPC could show.
import { expect } from "chai";
import { user } from "../support/ids";
import { stackHarness } from "../support/stackHarness";

const alice = user(1);
const lookedUp = { name: "looked-up", productCode: "on_call", userId: alice, get: true };
const seat = { name: "alice", productCode: "on_call", userId: alice };

describe("a seat that the stack looks up by `SeatAssignment.get` and is to own from now on", () => {
  const ctx = stackHarness();

  it("is adopted by what the preview says, also after a refresh, because a lookup owns nothing", async () => {
    ctx.simulator.org.claim("on_call", alice);
    await ctx.stack.declare(lookedUp);
    await ctx.stack.up();
    await ctx.stack.declare(lookedUp, seat);
    const expectAdoption = async () => {
      const preview = await ctx.stack.preview();
      expect(preview).to.include("Will adopt").and.not.include("moves here from");
    };
    await expectAdoption();
    await ctx.stack.refresh();
    await expectAdoption();
  });
});
