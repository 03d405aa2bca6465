import { expect } from "chai";
import { Holders } from "../../../provider/src/preview/holders";
import { apiHarness } from "../../support/apiHarness";
import { connectionTo } from "../../support/connection";
import { user, users } from "../../support/ids";

describe("Holders", () => {
  const ctx = apiHarness();
  const holders = (pageSize: number) =>
    new Holders(connectionTo(ctx.simulator, { pageSize }), "on_call");

  it("reads no further than to the users it looks for, and goes on from there", async () => {
    for (const id of users(10)) ctx.simulator.org.claim("on_call", id);
    const on_call = holders(2);
    await on_call.look([user(3)]);
    expect(on_call.find(user(3))).to.include({ id: user(3) });
    expect([on_call.isComplete, on_call.count, ctx.simulator.count("GET")]).to.deep.equal([
      false,
      4,
      2,
    ]);
    await on_call.look([user(1), user(5)]);
    expect(on_call.find(user(5))).to.include({ id: user(5) });
    expect(ctx.simulator.count("GET")).to.equal(3);
  });

  it("knows who holds no seat once every page was read", async () => {
    for (const id of users(3)) ctx.simulator.org.claim("on_call", id);
    const on_call = holders(2);
    await on_call.look([user(4)]);
    expect([on_call.isComplete, on_call.find(user(4))]).to.deep.equal([true, undefined]);
    await on_call.look([user(4)]);
    expect(ctx.simulator.count("GET")).to.equal(2);
  });

  it("reads ten pages at most", async () => {
    for (const id of users(30)) ctx.simulator.org.claim("on_call", id);
    const on_call = holders(2);
    await on_call.look([user(30)]);
    expect([on_call.isComplete, on_call.count]).to.deep.equal([false, 20]);
    await on_call.look([user(29)]);
    expect(ctx.simulator.count("GET")).to.equal(10);
  });
});
