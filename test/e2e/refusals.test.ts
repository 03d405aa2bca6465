import { expect } from "chai";
import { user, users } from "../support/ids";
import { RecordedRuns } from "../support/recordedRuns";
import { stackHarness } from "../support/stackHarness";

const everybody = users(300);
const membersOf = (ids: readonly string[]) =>
  Object.fromEntries(ids.map((id, n) => [`user-${n + 1}`, id]));
const unknown = [17, 150, 283];
const strangers = everybody.map((id, n) => (unknown.includes(n + 1) ? user(n + 1001) : id));
const known = everybody.filter((_, n) => !unknown.includes(n + 1));

/** A roster of 300 members in each product. */
const rosters = ["full", "nearly_full", "strangers", "mistyped"].map((productCode) => ({
  ...{ name: productCode, productCode },
  members: membersOf(productCode === "strangers" ? strangers : everybody),
}));

describe("a roster of 300 members of whom many or few are refused", () => {
  const ctx = stackHarness({ users: 300, shared: true });
  const runs = new RecordedRuns(ctx, ["full", "nearly_full", "strangers", "mistyped"]);
  const posts = new Map<string, number>();

  before(async () => {
    const { simulator, stack } = ctx;
    simulator.org.product("full").capacity = 0;
    simulator.org.product("nearly_full").capacity = 137;
    simulator.org.product("strangers");
    simulator.behaviour.refusalsNameUsers = false;
    await stack.declareRosters(...rosters);
    await runs.run("up", () => stack.fails("up", "--yes", "--skip-preview", "--continue-on-error"));
    for (const { productCode } of rosters) {
      posts.set(productCode, ctx.writes(productCode).length);
    }
  });

  /** The labels that a line names. */
  const labelsIn = (line: string) => line.match(/"user-\d+"/g) ?? [];

  /** The output says how many members were refused, and all who were in one sentence with the cause, ten by label. */
  function expectTold(product: string, count: number, cause: string): string[] {
    const output = runs.output("up") ?? "";
    const lines = output.split("\n").filter((line) => line.includes(cause));
    expect(lines).to.not.deep.equal([]);
    for (const line of lines) {
      expect(line).to.include(`Could not assign ${product} seats to ${count} users`);
      expect(labelsIn(line)).to.have.lengthOf(Math.min(count, 10));
    }
    return lines;
  }

  it("says so in a few lines", () => {
    expect(Buffer.byteLength(runs.output("up") ?? "")).to.be.at.most(20_000);
  });

  for (const [product, cause] of [
    ["full", "the plan has 0"],
    ["mistyped", "unknown product_code: mistyped"],
  ] as const) {
    it(`costs at most 45 POSTs and says how many got none: ${cause}`, () => {
      expectTold(product, 300, cause);
      expect(posts.get(product)).to.be.at.most(45);
      expect(runs.outcome("up", product)?.owned).to.deep.equal([]);
    });
  }

  it("uses every seat that the plan still has", () => {
    expectTold("nearly_full", 163, "the plan has 137");
    const { holders = [], owned } = runs.outcome("up", "nearly_full") ?? {};
    expect(holders).to.have.lengthOf(137);
    expect(owned).to.deep.equal(holders.map((id) => `nearly_full nearly_full/${id}`));
    expect(posts.get("nearly_full")).to.be.at.most(150);
  });

  it("costs nobody else a seat where three unknown users are refused in words that name nobody", () => {
    for (const line of expectTold("strangers", 3, "a user not found")) {
      expect(labelsIn(line)).to.have.members(unknown.map((n) => `"user-${n}"`));
    }
    const { holders, owned } = runs.outcome("up", "strangers") ?? {};
    expect(holders).to.deep.equal(known);
    expect(owned).to.deep.equal(known.map((id) => `strangers strangers/${id}`));
    // Each of three batches is split until one user stands alone.
    expect(posts.get("strangers")).to.be.at.most(45);
  });

  it("is completed by the next up", async () => {
    ctx.simulator.org.product("nearly_full").capacity = 300;
    for (const id of strangers) ctx.simulator.org.addUser(id);
    await ctx.stack.declareRosters(...rosters.slice(1, 3));
    await runs.run("next", ctx.stack.up);
    expect(runs.outcome("next", "nearly_full")?.holders).to.deep.equal(everybody);
    expect(runs.outcome("next", "strangers")?.holders).to.have.members(strangers);
  });
});
