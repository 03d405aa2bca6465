import { expect } from "chai";
import { user } from "../support/ids";
import { stackHarness } from "../support/stackHarness";

const seat = (name: string, n: number) => ({ name, productCode: "on_call", userId: user(n) });

describe("bad input and failing requests, with the real Pulumi CLI", () => {
  const ctx = stackHarness();

  const upFails = () => ctx.stack.fails("up", "--yes", "--skip-preview");
  /** Whatever goes wrong is told without the workings of the provider. */
  const expectPlain = (output: string) => expect(output).to.not.match(/\n\s+at |\[object Object\]/);

  it("names the property of a bad input in the preview, and makes no request", async () => {
    await ctx.stack.declare({ ...seat("alice", 1), userId: "alice@example.com" });
    const output = await ctx.stack.fails("preview");
    expect(output).to.include(
      "property userId value {alice@example.com} has a problem: expected the UUID",
    );
    expect(output).to.include("look the UUID up with getUserIds");
    expectPlain(output);

    await ctx.stack.declare({ ...seat("alice", 1), productCode: "" });
    expect(await ctx.stack.fails("preview")).to.include(
      "property productCode value {} has a problem",
    );
    expect(ctx.simulator.count()).to.equal(0);
  });

  it("adopts a seat that is held, and says so", async () => {
    ctx.simulator.behaviour.assignHeld = 409;
    ctx.simulator.org.claim("on_call", user(1));
    await ctx.stack.declare(seat("alice", 1));
    expect(await ctx.stack.up()).to.match(/Adopted the on_call seat that user .* has held since/);
    expect(ctx.simulator.count("POST")).to.equal(0);
    expect((await ctx.stack.seats())[0]?.outputs).to.include({ adopted: true });
  });

  it('refuses a seat that is held with existing: "reject", and leaves it out of the state', async () => {
    ctx.simulator.org.claim("on_call", user(1));
    await ctx.stack.declare({ ...seat("alice", 1), existing: "reject" }, seat("bob", 2));
    const output = await upFails();
    expect(output).to.include("already holds one").and.include("`aliases`");
    expectPlain(output);
    expect(ctx.simulator.org.holders("on_call")).to.include(user(1));
    expect((await ctx.stack.seats()).map(({ id }) => id)).to.not.include(`on_call/${user(1)}`);
  });

  it("passes Datadog's words on about a user who doesn't exist, and about a full plan", async () => {
    await ctx.stack.declare(seat("unknown", 99));
    const unknown = await upFails();
    expect(unknown).to.match(
      /Could not assign an on_call seat to user .*99: .* responded with 400.*not found/,
    );
    expectPlain(unknown);

    ctx.simulator.org.product("on_call").capacity = 0;
    await ctx.stack.declare(seat("alice", 1));
    expect(await upFails()).to.match(/to user .*01: .* responded with 422.*the plan has 0/);
    expect(await ctx.stack.seats()).to.deep.equal([]);

    await ctx.stack.declare({ ...seat("alice", 1), productCode: "oncall" });
    expect(await upFails()).to.match(
      /an oncall seat to user .* responded with 422.*unknown product_code/,
    );
  });

  it("tells missing keys and an unusable address in one line with the remedy", async () => {
    const { DD_API_KEY } = ctx.stack.environment;
    delete ctx.stack.environment.DD_API_KEY;
    await ctx.stack.declare(seat("alice", 1));
    const missing = await upFails();
    expect(missing).to.include(
      "There is no Datadog API key. Set it with `pulumi config set --secret",
    );
    expectPlain(missing);

    ctx.stack.environment.DD_API_KEY = DD_API_KEY;
    ctx.stack.set({ "datadog:site": "datadoghq.fr" });
    expect(await upFails()).to.include("not a Datadog site. Expected one of datadoghq.com");
    ctx.stack.set({ "datadog:apiUrl": "http://example.com" });
    expect(await upFails()).to.include(
      "http://example.com, where the keys would travel unencrypted",
    );
    expect(ctx.simulator.count()).to.equal(0);
  });

  it("waits for a rate limit as told, says so, and goes on", async () => {
    ctx.simulator.faults.add({ method: "GET", status: 429, headers: { "x-ratelimit-reset": "6" } });
    await ctx.stack.declare(seat("alice", 1));
    expect(await ctx.stack.up()).to.match(/Datadog's rate limit is used up; waiting [456] s/);
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal([user(1)]);
  });

  it("owns a seat whose assignment had nothing but failures as responses", async () => {
    const fault = { status: 502, headers: { "retry-after": "0" }, afterEffect: true, times: 5 };
    ctx.simulator.faults.add({ method: "POST", ...fault });
    await ctx.stack.declare(seat("alice", 1));
    await ctx.stack.up();
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal([user(1)]);
    expect(await ctx.stack.seats()).to.have.lengthOf(1);
  });
});
