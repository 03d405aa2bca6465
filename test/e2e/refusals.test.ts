import { expect } from "chai";
import { users } from "../support/ids";
import { stackHarness } from "../support/stackHarness";

const everybody = users(300);
const unknown = ["user-17", "user-150", "user-283"];
const members = Object.fromEntries(everybody.map((id, n) => [`user-${n + 1}`, id]));

describe("a roster of 300 members of whom many or few are refused", () => {
  const ctx = stackHarness({ users: 300 });

  async function upFails(productCode = "on_call"): Promise<string> {
    ctx.simulator.clearRequests();
    await ctx.stack.declareRosters({ name: "team", productCode, members });
    const output = await ctx.stack.fails("up", "--yes", "--skip-preview");
    expect(Buffer.byteLength(output)).to.be.at.most(20_000);
    return output;
  }

  /** The labels that a line names. */
  const labelsIn = (line: string) => line.match(/"user-\d+"/g) ?? [];

  /** The output says how many members were refused, and all who were in one sentence with the cause, ten by label. */
  function expectTold(output: string, count: number, cause: string) {
    expect(output).to.match(new RegExp(`(?<!user-)\\b${count}\\b`));
    const lines = output.split("\n").filter((line) => line.includes(cause));
    expect(lines).to.not.deep.equal([]);
    for (const line of lines) expect(labelsIn(line)).to.have.lengthOf(Math.min(count, 10));
  }

  it("costs at most 45 POSTs and says how many got none, where the plan is full or the product unknown", async () => {
    ctx.simulator.org.product("on_call").capacity = 0;
    expectTold(await upFails(), 300, "the plan has 0");
    expect(ctx.simulator.count("POST")).to.be.at.most(45);

    expectTold(await upFails("oncall"), 300, "unknown product_code: oncall");
    expect(ctx.simulator.count("POST")).to.be.at.most(45);
    expect(await ctx.stack.seats()).to.deep.equal([]);
  });

  it("uses every seat that the plan still has, and the next up does the rest", async () => {
    ctx.simulator.org.product("on_call").capacity = 137;
    expectTold(await upFails(), 163, "the plan has 137");
    const held = ctx.simulator.org.holders("on_call");
    expect(held).to.have.lengthOf(137);
    expect(await ctx.stack.owned()).to.deep.equal(held.map((id) => `team on_call/${id}`));
    expect(ctx.simulator.count("POST")).to.be.at.most(150);

    ctx.simulator.org.product("on_call").capacity = 300;
    await ctx.stack.up();
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal(everybody);
  });

  it("costs nobody else a seat where three unknown users are refused in words that name nobody", async () => {
    ctx.simulator.behaviour.refusalsNameUsers = false;
    for (const label of unknown) ctx.simulator.org.users.delete(members[label] ?? "");
    const output = await upFails();
    expectTold(output, 3, "a user not found");
    expect(new Set(labelsIn(output))).to.deep.equal(new Set(unknown.map((label) => `"${label}"`)));
    const known = everybody.filter((id) => ctx.simulator.org.users.has(id));
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal(known);
    expect(await ctx.stack.owned()).to.deep.equal(known.map((id) => `team on_call/${id}`));
    // Each of three batches is split until one user stands alone.
    expect(ctx.simulator.count("POST")).to.be.at.most(45);
  });
});
