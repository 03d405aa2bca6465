import { expect } from "chai";
import { onEachEntryPoint } from "../support/entryPoints";
import { user, users } from "../support/ids";
import { providerHarness } from "../support/providerHarness";
import { rejection } from "../support/rejection";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const seat = (n: number) => ({ productCode: "on_call", userId: user(n) });
const id = (n: number) => `on_call/${user(n)}`;
const statuses = (results: PromiseSettledResult<unknown>[]) => results.map(({ status }) => status);

onEachEntryPoint("SeatAssignment", (entryPoint) => {
  const ctx = providerHarness("SeatAssignment", 10, entryPoint);
  const claimed = (userId: string) =>
    ctx.simulator.org.claim("on_call", userId, new Date("2026-01-02T03:04:05Z"));
  const holders = () => ctx.simulator.org.holders("on_call");
  const methods = () => ctx.simulator.requests.map(({ method }) => method);

  it("is checked without a request, even without any configuration", async () => {
    await ctx.restart({ "datadog:apiKey": undefined, "datadog:apiUrl": "nonsense" });
    const normalised = await ctx.provider.check({ ...seat(1), productCode: "on_call " });
    expect(normalised).to.deep.equal({ inputs: seat(1), failures: [] });
    const unknown = { ...seat(1), userId: UNKNOWN };
    expect(await ctx.provider.check(unknown)).to.deep.equal({ inputs: unknown, failures: [] });
    const { failures } = await ctx.provider.check({ ...seat(1), userId: "alice@example.com" });
    expect(failures.map(({ property }) => property)).to.deep.equal(["userId"]);
  });

  it("changes for nothing but its inputs, and is replaced, new before old, for another seat", async () => {
    const diff = (news: Record<string, unknown>) =>
      ctx.provider.diff(id(1), { ...seat(1), adopted: false, email: "a@example.com" }, news);
    expect(await diff(seat(1))).to.deep.include({ changes: false, replaces: [] });
    expect(await diff({ productCode: "x", userId: user(2) })).to.deep.equal({
      changes: true,
      replaces: ["productCode", "userId"],
      deleteBeforeReplace: false,
    });
    // The engine asks so about the dependents of a replaced resource, and would delete what says "replace".
    expect(await diff({ ...seat(1), userId: UNKNOWN })).to.deep.include({
      changes: true,
      replaces: [],
    });
    const rejecting = { ...seat(1), existing: "reject" };
    expect(await diff(rejecting)).to.deep.include({ changes: true, replaces: [] });
    const updated = await ctx.provider.update(id(1), { ...seat(1), adopted: true }, rejecting);
    expect(updated).to.deep.equal({ ...rejecting, adopted: true });
    const back = await ctx.provider.update(id(1), updated, seat(1));
    expect(back).to.deep.equal({ ...seat(1), adopted: true });
    expect(methods()).to.deep.equal([]);
  });

  it("is assigned by one listing and one request: no email is asked for", async () => {
    const created = await ctx.provider.create(seat(1));
    expect(created).to.deep.equal({ id: id(1), outputs: { ...seat(1), adopted: false } });
    expect(holders()).to.deep.equal([user(1)]);
    expect(methods()).to.deep.equal(["GET", "POST"]);
  });

  it("has its email where a listing that settled the outcome shows it", async () => {
    // The first response is lost, the second one doesn't name the user.
    ctx.simulator.faults.add({ method: "POST", status: 502, afterEffect: true });
    ctx.simulator.behaviour.assignHeld = "unnamed";
    const { outputs } = await ctx.provider.create(seat(1));
    expect(outputs).to.include({
      ...seat(1),
      adopted: false,
      email: "user-000000000001@example.com",
      name: "User 000000000001",
    });
    expect(outputs.assignedAt).to.be.a("string");
    expect(ctx.simulator.count("GET")).to.equal(2);
  });

  it("is adopted where the user holds it already, and says so", async () => {
    claimed(user(1));
    const { outputs } = await ctx.provider.create(seat(1));
    expect(outputs).to.deep.equal({
      ...seat(1),
      adopted: true,
      email: "user-000000000001@example.com",
      name: "User 000000000001",
      assignedAt: "2026-01-02T03:04:05.000Z",
    });
    expect(await ctx.provider.outputAtEnd()).to.include(
      `Adopted the on_call seat that user ${user(1)} (user-000000000001@example.com) has held since 2026-01-02T03:04:05.000Z: this stack owns it now.`,
    );
    expect(methods()).to.deep.equal(["GET"]);
  });

  it('is refused there with existing: "reject", with both ways out', async () => {
    claimed(user(1));
    const error = await rejection(ctx.provider.create({ ...seat(1), existing: "reject" }));
    expect(error.message)
      .to.include("already holds one (assigned 2026-01-02T03:04:05.000Z)")
      .and.include("`aliases`")
      .and.include('`existing: "adopt"`');
    expect(methods()).to.deep.equal(["GET"]);
  });

  for (const existing of ["adopt", "reject"] as const) {
    it(`is treated as "${existing}" says where the user has claimed it since the listing`, async () => {
      ctx.simulator.behaviour.assignHeld = 409;
      ctx.simulator.onRequest = () => {
        ctx.simulator.onRequest = undefined;
        claimed(user(1));
      };
      const creation = ctx.provider.create({ ...seat(1), existing });
      if (existing === "reject") {
        expect((await rejection(creation)).message).to.include("already holds one");
      } else {
        expect((await creation).outputs).to.include({ ...seat(1), existing, adopted: true });
        expect(await ctx.provider.outputAtEnd()).to.include("Adopted the on_call seat");
      }
    });
  }

  it("is assigned although Datadog refuses another user beside it", async () => {
    const results = await Promise.allSettled([1, 99, 2].map((n) => ctx.provider.create(seat(n))));
    expect(statuses(results)).to.deep.equal(["fulfilled", "rejected", "fulfilled"]);
    expect(holders()).to.deep.equal([user(1), user(2)]);
  });

  it("that replaces another of its product names deleteBeforeReplace where the plan is full, and only then", async () => {
    ctx.simulator.org.product("on_call").capacity = 0;
    const hint = "deleteBeforeReplace: true";
    for (const [olds, isHinted] of [
      [{ ...seat(1), productCode: "incident_response" }, false],
      [seat(2), true],
    ] as const) {
      await ctx.provider.check(seat(1), olds);
      await ctx.provider.diff("the seat before", olds, seat(1));
      const { message } = await rejection(ctx.provider.create(seat(1)));
      expect(message.includes(hint)).to.equal(isHinted);
      await ctx.restart();
    }
  });

  describe("in a refresh", () => {
    it("is found on the last page, and gone where it is on none", async () => {
      for (const userId of users(1200)) claimed(userId);
      const stored = { ...seat(1200), existing: "reject", adopted: false };
      const found = await ctx.provider.read(id(1200), stored);
      expect(found.id).to.equal(id(1200));
      expect(found.inputs).to.deep.equal({ ...seat(1200), existing: "reject" });
      expect(found.outputs).to.deep.equal({
        ...stored,
        email: "user-000000001200@example.com",
        name: "User 000000001200",
        assignedAt: "2026-01-02T03:04:05.000Z",
      });
      expect((await ctx.provider.read(id(1201), seat(1201))).id).to.equal("");
      // One page of 100 and two of 1,000, and two more that confirm that a seat is gone.
      expect(ctx.simulator.count("GET")).to.equal(5);
    });

    it("is not gone because a page fails; the cause is said in full once", async () => {
      await ctx.restart({ "datadogSeats:pageSize": "3" });
      for (const userId of users(8)) claimed(userId);
      ctx.simulator.faults.add({ method: "GET", page: 2, status: 422, body: { errors: ["busy"] } });
      const reads = [6, 7, 8].map((n) => ctx.provider.read(id(n), seat(n)));
      const messages = (await Promise.all(reads.map(rejection))).map(({ message }) => message);
      expect(messages.filter((message) => message.includes("busy"))).to.have.lengthOf(1);
      expect(messages.filter((message) => message.includes("another error"))).to.have.lengthOf(2);
      for (const message of messages) expect(message).to.match(/^Could not list the on_call seats/);
    });

    it("respects the rate limit that another product's listing has met", async () => {
      const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "3600" };
      ctx.simulator.faults.add({ status: 200, headers, body: { data: [] } });
      await ctx.provider.read(id(1), seat(1));
      const error = await rejection(ctx.provider.read(`incident_response/${user(1)}`, {}));
      expect(error.message).to.include("the rate limit of");
      expect(ctx.simulator.count()).to.equal(1);
    });
  });

  it("is looked up by its id alone, and fails where there is no such seat", async () => {
    claimed(user(1));
    const { outputs } = await ctx.provider.read(id(1), {});
    expect(outputs).to.include({ ...seat(1), adopted: true });
    // It owns nothing, and a refresh doesn't change that. The native plugin's look-ups aren't in the state.
    expect(outputs.__external).to.equal(entryPoint === "dynamic" ? true : undefined);
    expect((await ctx.provider.read(id(1), outputs)).outputs).to.deep.equal(outputs);
    const absent = await rejection(ctx.provider.read(id(2), {}));
    expect(absent.message).to.equal(`User ${user(2)} holds no on_call seat.`);
    const malformed = await rejection(ctx.provider.read("on_call", {}));
    expect(malformed.message).to.match(
      /^"on_call" is not the id of a seat\. Expected .* such as "on_call\/3fa8/,
    );
  });
});
