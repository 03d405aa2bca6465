import { expect } from "chai";
import { users } from "../support/ids";
import { stackHarness } from "../support/stackHarness";

describe("the state of a stack", () => {
  const ctx = stackHarness({ users: 300 });

  it("takes at most 1,650 bytes a seat, and a refresh of seats that are all on the first page one GET", async () => {
    for (const id of users(200, 51)) ctx.simulator.org.claim("on_call", id);
    await ctx.stack.declare(
      ...users(50).map((userId, n) => ({ name: `seat-${n}`, productCode: "on_call", userId })),
    );
    await ctx.stack.up();
    const sizes = (await ctx.stack.seats()).map((seat) => JSON.stringify(seat).length);
    expect(sizes).to.have.lengthOf(50);
    expect(Math.max(...sizes)).to.be.at.most(1650);
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal(users(250));

    ctx.simulator.clearRequests();
    await ctx.stack.refresh();
    expect(ctx.simulator.requests.map(({ method }) => method)).to.deep.equal(["GET"]);
    expect(await ctx.stack.seats()).to.have.lengthOf(50);
  });
});
