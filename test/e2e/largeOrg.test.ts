import { expect } from "chai";
import { user, users } from "../support/ids";
import { stackHarness } from "../support/stackHarness";

const HOLDERS = 20_000;
const seat = (n: number) => ({ name: `seat-${n}`, productCode: "on_call", userId: user(n) });

describe("a stack in an org with 20,000 holders, with the real Pulumi CLI", () => {
  const ctx = stackHarness({ users: HOLDERS + 17 });
  const gets = () => ctx.simulator.count("GET");

  it("costs what it changes: adopts who is found early, assigns the others, and removes without a look", async () => {
    for (const id of users(HOLDERS)) ctx.simulator.org.claim("on_call", id);
    const held = [1, 150, 8000];
    const others = users(17, HOLDERS + 1).map((_, n) => HOLDERS + 1 + n);
    await ctx.stack.declare(...[...held, ...others].map(seat));

    const output = await ctx.stack.up();
    expect(gets()).to.be.at.most(12);
    const assigned = ctx.writes().flatMap((write) => write.split(" ").slice(2));
    expect(assigned.sort()).to.deep.equal(others.map(user));
    for (const n of held)
      expect(output).to.include(`Adopted the on_call seat that user ${user(n)}`);
    expect(output).to.include("`datadogSeats:adoptionPages` sets how many pages are read");
    const adopted = (await ctx.stack.seats()).map(({ outputs }) => outputs?.adopted);
    expect(adopted.filter((one) => one === true)).to.have.lengthOf(held.length);
    expect(adopted.filter((one) => one === undefined)).to.have.lengthOf(others.length);

    // What a refresh adds to the state is no change, and neither is what it leaves out.
    await ctx.stack.refresh();
    await ctx.stack.preview("--refresh", "--expect-no-changes");
    ctx.simulator.clearRequests();
    expect(await ctx.stack.up()).to.include("21 unchanged");
    await ctx.stack.succeeds("destroy", "--yes", "--skip-preview");
    expect(gets()).to.equal(0);
    expect(ctx.simulator.org.holders("on_call")).to.have.lengthOf(HOLDERS - held.length);
  });
});
