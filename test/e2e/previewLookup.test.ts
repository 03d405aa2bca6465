import { expect } from "chai";
import { user, users } from "../support/ids";
import { stackHarness } from "../support/stackHarness";

const seat = (name: string, n: number, more = {}) => ({
  name,
  productCode: "on_call",
  userId: user(n),
  ...more,
});

describe("the lookup of new seats in a preview, with the real Pulumi CLI", () => {
  const ctx = stackHarness({ users: 40 });

  /** How often a text is among the diagnostics. */
  const diagnosed = (output: string, text: string) =>
    (output.split("Diagnostics:")[1] ?? "").split(text).length - 1;

  it("makes no request where nothing is new, and leaves the requests of an up as they were", async () => {
    await ctx.stack.declare(seat("alice", 1), seat("bob", 2));
    await ctx.stack.up();
    // As without previews: the listing, and one request for both.
    expect(ctx.simulator.requests.map(({ method }) => method)).to.deep.equal(["GET", "POST"]);
    ctx.simulator.clearRequests();
    await ctx.stack.declare(seat("alice", 1, { existing: "reject" }), seat("bob", 2));
    await ctx.stack.preview();
    expect(ctx.simulator.requests).to.deep.equal([]);

    await ctx.stack.declare(seat("alice", 1), seat("bob", 2), seat("carol", 3));
    await ctx.stack.preview("--refresh");
    expect(ctx.simulator.requests.map(({ method }) => method)).to.deep.equal(["GET"]);
  });

  it("tells of many seats in one line, of what is not known yet nothing, by one listing of each product, and warns when Datadog can't tell", async () => {
    for (const id of users(12)) ctx.simulator.org.claim("on_call", id);
    const everybody = users(30).map((userId, n) => ({ ...seat(`seat-${n + 1}`, 1), userId }));
    const other = (productCode: string, n: number, more = {}) =>
      seat(`${productCode}-${n}`, n, { productCode, ...more });
    const fault = { status: 404, body: { errors: ["no such product"] } };
    ctx.simulator.faults.add({ productCode: "gone", times: 9, ...fault });
    await ctx.stack.declare(
      ...everybody,
      other("incident_response", 1, { component: "team" }),
      other("late", 31),
      other("late", 32, { afterPrevious: true }),
      other("gone", 33),
      other("gone", 34),
    );
    for (const product of ["late", "gone"]) ctx.simulator.org.product(product);
    const preview = await ctx.stack.preview();
    expect(preview).to.match(
      /30 new on_call seats: 18 will be assigned; 12 will be adopted \("user-000000000001@example.com", .* and 2 more\)\./,
    );
    const counts = preview.match(/^ *\w+: \d+ seats? now.*$/gm)?.map((line) => line.trim());
    const billed = "the month is billed by the most at one time.";
    expect(counts).to.include.members([
      `on_call: 12 seats now, at most 30 with the 18 new ones; ${billed}`,
      `incident_response: 0 seats now, at most 1 with the new one; ${billed}`,
    ]);
    expect(counts?.join()).to.not.include("gone:");
    expect(diagnosed(preview, "Will assign an incident_response seat to user")).to.equal(1);
    expect(diagnosed(preview, "an on_call seat")).to.equal(0);
    expect(diagnosed(preview, `to user ${user(31)}`)).to.equal(1);
    expect(diagnosed(preview, `to user ${user(32)}`)).to.equal(0);
    expect(preview).to.match(
      /warning: Could not list the gone seats: .* 404 .*no such product\. So this preview doesn't tell which of its new seats are held already\./,
    );
    expect(diagnosed(preview, "warning: Could not list"), preview).to.equal(1);
    const listed = ctx.simulator.requests.map(({ productCode }) => productCode);
    expect(listed.filter((product) => product !== "gone")).to.have.members([
      "on_call",
      "incident_response",
      "late",
    ]);
  });

  it("passes over what --target leaves out", async () => {
    await ctx.stack.declare(seat("alice", 1), seat("bob", 2));
    const urn = "urn:pulumi:test::e2e::pulumi-nodejs:dynamic/datadog:SeatAssignment::bob";
    const targeted = await ctx.stack.preview("--target", urn);
    expect(diagnosed(targeted, "Will assign")).to.equal(1);
  });

  it("is turned off by a setting: then nothing is asked, and the preview says so once", async () => {
    ctx.stack.set({ "datadogSeats:previewLookup": "false" });
    delete ctx.stack.environment.DD_API_KEY;
    await ctx.stack.declare(seat("alice", 1), seat("bob", 2));
    const preview = await ctx.stack.preview();
    expect(diagnosed(preview, "datadogSeats:previewLookup is false")).to.equal(1);
    expect(ctx.simulator.requests).to.deep.equal([]);
  });

  it("fails the preview once for keys that are missing or wrong, for an unknown setting, and for more seats than seatLimit", async () => {
    await ctx.stack.declare(seat("alice", 1), seat("bob", 2));
    const { DD_API_KEY } = ctx.stack.environment;
    delete ctx.stack.environment.DD_API_KEY;
    const missing = await ctx.stack.fails("preview");
    expect(diagnosed(missing, "has a problem: There is no Datadog API key. Set it")).to.equal(1);
    ctx.stack.environment.DD_API_KEY = "a-wrong-api-key";
    const wrong = await ctx.stack.fails("preview");
    expect(diagnosed(wrong, "responded with 403")).to.equal(1);
    expect(wrong)
      .to.include("which DD_HOST selects")
      .and.include("`npx pulumi-datadog-seats doctor`");

    ctx.stack.environment.DD_API_KEY = DD_API_KEY;
    ctx.stack.set({ "datadogSeats:pagesize": "10" });
    const unknown = await ctx.stack.fails("preview");
    expect(diagnosed(unknown, 'did you mean "datadogSeats:pageSize"?')).to.equal(1);

    ctx.stack.set({ "datadogSeats:pagesize": undefined });
    const path = ["--path", "datadogSeats:seatLimit.on_call"];
    await ctx.stack.succeeds("config", "set", ...path, "1");
    const exceeded = await ctx.stack.fails("preview");
    const bound = "datadogSeats:seatLimit of on_call is 1: the org holds 0 now";
    expect(diagnosed(exceeded, bound)).to.equal(1);
    expect(ctx.writes()).to.deep.equal([]);
  });
});
