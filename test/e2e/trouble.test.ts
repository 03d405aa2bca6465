import { expect } from "chai";
import { user } from "../support/ids";
import { RecordedRuns } from "../support/recordedRuns";
import { stackHarness } from "../support/stackHarness";

const [alice, unknownUser] = [user(1), user(99)];
const seat = (productCode: string, more = {}) => ({
  ...{ name: `${productCode}-seat`, productCode, userId: alice },
  ...more,
});
/** Each case has a product of its own. */
const products = ["held", "refused", "gone", "full", "limited", "failing"];

describe("bad input and failing requests, with the real Pulumi CLI", () => {
  const ctx = stackHarness({ shared: true });
  const runs = new RecordedRuns(ctx, [...products, "mistyped"]);
  const quietly = ["--yes", "--skip-preview"];

  /** Whatever goes wrong is told without the workings of the provider. */
  const expectPlain = (output: string) => expect(output).to.not.match(/\n\s+at |\[object Object\]/);
  const ownedIn = (product: string) => runs.outcome("up", product)?.owned;

  before(async () => {
    const { org, faults, behaviour } = ctx.simulator;
    for (const product of products) org.product(product);
    behaviour.assignHeld = 409;
    for (const product of ["held", "refused"]) org.claim(product, alice);
    org.product("full").capacity = 0;
    const limited = { status: 429, headers: { "x-ratelimit-reset": "6" } };
    faults.add({ method: "GET", productCode: "limited", ...limited });
    const failing = { status: 502, headers: { "retry-after": "0" }, afterEffect: true, times: 5 };
    faults.add({ method: "POST", productCode: "failing", ...failing });
    await ctx.stack.declare(
      seat("held"),
      seat("refused", { existing: "reject" }),
      seat("gone", { userId: unknownUser }),
      ...["full", "limited", "failing", "mistyped"].map((product) => seat(product)),
    );
    await runs.run("up", () => ctx.stack.fails("up", ...quietly, "--continue-on-error"));
  });

  const output = () => runs.output("up") ?? "";

  it("adopts a seat that is held, and says so", async () => {
    expect(output()).to.match(/Adopted the held seat that user .* has held since/);
    expect(runs.outcome("up", "held")?.writes).to.deep.equal([]);
    const adopted = (await ctx.stack.seats()).find(({ id }) => id === `held/${alice}`);
    expect(adopted?.outputs).to.include({ adopted: true });
  });

  it('refuses a seat that is held with existing: "reject", and leaves it out of the state', () => {
    expect(output()).to.include("already holds one").and.include("`aliases`");
    const outcome = runs.outcome("up", "refused");
    expect(outcome).to.deep.equal({ writes: [], owned: [], holders: [alice] });
  });

  it("passes Datadog's words on about a user who doesn't exist, a full plan and an unknown product", () => {
    expect(output())
      .to.match(/Could not assign a gone seat to user .*99: .* responded with 400.*not found/)
      .and.match(/to user .*01: .* responded with 422.*the plan has 0/)
      .and.match(/a mistyped seat to user .* responded with 422.*unknown product_code/);
    expectPlain(output());
    for (const product of ["gone", "full", "mistyped"]) {
      expect(ownedIn(product), product).to.deep.equal([]);
    }
  });

  it("waits for a rate limit as told, says so, and goes on", () => {
    expect(output()).to.match(/Datadog's rate limit is used up; waiting [456] s/);
    expect(ownedIn("limited")).to.deep.equal([`limited-seat limited/${alice}`]);
  });

  it("owns a seat whose assignment had nothing but failures as responses", () => {
    expect(runs.outcome("up", "failing")?.holders).to.deep.equal([alice]);
    expect(ownedIn("failing")).to.deep.equal([`failing-seat failing/${alice}`]);
  });

  it("names the property of a bad input in the preview, and makes no request", async () => {
    ctx.simulator.clearRequests();
    await ctx.stack.declare(seat("held", { userId: "alice@example.com" }));
    const preview = await ctx.stack.fails("preview");
    expect(preview).to.include(
      "property userId value {alice@example.com} has a problem: expected the UUID",
    );
    expect(preview).to.include("look the UUID up with getUserIds");
    expectPlain(preview);
    expect(ctx.simulator.count()).to.equal(0);
  });

  it("tells an unusable address in one line with the remedy", async () => {
    ctx.stack.set({ "datadog:apiUrl": "http://example.com" });
    await ctx.stack.declare(seat("held"), seat("other"));
    const unusable = await ctx.stack.fails("up", ...quietly);
    expect(unusable).to.include("http://example.com, where the keys would travel unencrypted");
    expectPlain(unusable);
  });
});
