import { expect } from "chai";
import { user } from "../support/ids";
import { RecordedRuns } from "../support/recordedRuns";
import { stackHarness } from "../support/stackHarness";
import type { DeclaredSeat } from "./program/declarations";

const [alice, bob, carol] = [user(1), user(2), user(3)];
const LETTERS = "abcdef00-0000-4000-8000-00000000000a";
const seat = (name: string, productCode: string, userId: string, more = {}): DeclaredSeat => ({
  ...{ name, productCode, userId },
  ...more,
});

/** Each case has a product of its own. */
const first: DeclaredSeat[] = [
  seat("alice", "plain", alice),
  seat("bob", "plain", bob, { afterPrevious: true }),
  seat("user", "user", alice),
  seat("full", "full", alice, { deleteBeforeReplace: true }),
  seat("product", "product", alice),
  seat("replaced", "replaced", alice),
  seat("follows", "follows", alice, { afterPrevious: true }),
  seat("letters", "letters", LETTERS.toUpperCase()),
  seat("existing", "existing", alice),
  seat("looked-up", "looked_up", carol, { get: true }),
];
const changes: Record<string, Partial<DeclaredSeat>> = {
  user: { userId: carol },
  full: { userId: carol },
  product: { productCode: "another_product" },
  replaced: { userId: bob },
  letters: { userId: LETTERS },
  existing: { existing: "reject" },
};
const second = first.map((one) => ({ ...one, ...changes[one.name] }));
const products = [...new Set([...first, ...second].map(({ productCode }) => productCode))];

describe("the lifecycle of a seat, with the real Pulumi CLI", () => {
  const ctx = stackHarness({ shared: true });
  const runs = new RecordedRuns(ctx, products);
  const outputs = async (name: string) =>
    (await ctx.stack.seats()).find(({ urn }) => urn.endsWith(`::${name}`))?.outputs;

  before(async () => {
    const { org } = ctx.simulator;
    org.addUser(LETTERS);
    for (const product of products) org.product(product);
    org.product("full").capacity = 1;
    org.claim("looked_up", carol);
    await ctx.stack.declare(...first);
  });

  it("shows the seats in a preview, also where the user is not known yet", async () => {
    expect(await ctx.stack.preview("--diff"))
      .to.include(`userId     : "${alice}"`)
      .and.to.include("+ 10 to create");
    expect(ctx.simulator.count("POST")).to.equal(0);
  });

  it("assigns them in an up, and leaves them alone in the next", async () => {
    await runs.run("up", ctx.stack.up);
    expect(runs.outcome("up", "plain")?.holders).to.deep.equal([alice, bob]);
    await runs.run("again", ctx.stack.up);
    expect(runs.output("again")).to.include("10 unchanged");
    // What is looked up is looked up in every run.
    const asked = ctx.simulator.requests.map(({ productCode }) => productCode);
    expect(asked).to.deep.equal(["looked_up"]);
  });

  it("learns email, name and date at the first refresh without calling that drift", async () => {
    await ctx.stack.preview("--refresh", "--expect-no-changes");
    await ctx.stack.refresh();
    const { assignedAt, ...learned } = (await outputs("alice")) ?? {};
    expect(learned).to.include({
      email: "user-000000000001@example.com",
      name: "User 000000000001",
    });
    expect(Date.parse(String(assignedAt))).to.be.greaterThan(0);
  });

  it("shows what is replaced in a preview, and makes it so", async () => {
    await ctx.stack.declare(...second);
    expect(await ctx.stack.preview("--diff"))
      .to.include(`~ userId     : "${alice}" => "${carol}"`)
      .and.include("+-4 to replace");
    await runs.run("changed", ctx.stack.up);
    const methods = (product: string) => ctx.writes(product).map((write) => write.split(" ")[0]);
    expect(methods("user")).to.deep.equal(["POST", "DELETE"]);
    expect(methods("full")).to.deep.equal(["DELETE", "POST"]);
    expect(await outputs("existing")).to.include({ existing: "reject", userId: alice });
    await ctx.stack.preview("--refresh", "--expect-no-changes");
  });

  for (const [title, product, writes, holders] of [
    ["replaces a seat whose user changes", "user", ["DELETE alice", "POST carol"], [carol]],
    [
      "replaces a seat where the plan is full, with deleteBeforeReplace",
      "full",
      ["DELETE alice", "POST carol"],
      [carol],
    ],
    ["gives up the seat of the old product", "product", ["DELETE alice"], []],
    ["assigns the seat of the new product", "another_product", ["POST alice"], [alice]],
    [
      "replaces only what changes: not a resource whose user comes from a replaced one",
      "follows",
      [],
      [alice],
    ],
    ["treats a UUID in upper case as the same user", "letters", [], [LETTERS]],
    ["changes `existing` without a write", "existing", [], [alice]],
    ["leaves alone what it does not change", "plain", [], [alice, bob]],
  ] as const) {
    it(title, () => {
      const outcome = runs.outcome("changed", product);
      const named = outcome?.writes.map((write) =>
        write.replace(` ${product}`, "").replace(alice, "alice").replace(carol, "carol"),
      );
      expect({ writes: named, holders: outcome?.holders }).to.deep.equal({ writes, holders });
    });
  }

  it("names deleteBeforeReplace where the plan is full", async () => {
    const full = second.map((one) => {
      return one.name === "full" ? { ...one, userId: bob, deleteBeforeReplace: false } : one;
    });
    await ctx.stack.declare(...full);
    expect(await ctx.stack.fails("up", "--yes", "--skip-preview"))
      .to.include("no seats left")
      .and.include("deleteBeforeReplace: true");
    expect(ctx.simulator.org.holders("full")).to.deep.equal([carol]);
  });

  it("looks a seat up without owning it, and fails when there is none", async () => {
    expect(ctx.stack.outputs().emails).to.include("user-000000000003@example.com");
    await ctx.stack.declare(seat("dave", "looked_up", user(4), { get: true }), ...second);
    expect(await ctx.stack.fails("up", "--yes", "--skip-preview")).to.match(
      new RegExp(`User ${user(4)} holds no looked_up seat`),
    );
  });

  it("destroys with --run-program as well: the program then declares nothing to keep", async () => {
    await ctx.stack.declare(...second);
    await runs.run("destroy", () => ctx.stack.destroy("--run-program"));
    for (const product of products) {
      const left = product === "looked_up" ? [carol] : [];
      expect(runs.outcome("destroy", product)?.holders, product).to.deep.equal(left);
    }
  });
});
