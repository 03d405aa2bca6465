// What only the native plugin is asked.
import { expect } from "chai";
import { user } from "../support/ids";
import type { PartialResource } from "../support/partialResource";
import { providerHarness, roster } from "../support/providerHarness";
import { rejection } from "../support/rejection";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});
const seat = (n: number, more = {}) => ({ productCode: "on_call", userId: user(n), ...more });
const [alice, bob] = [user(1), user(2)];

describe("the native plugin", () => {
  const ctx = providerHarness("SeatAssignment", 10, "plugin");
  const rosters = () => ctx.provider.as("SeatRoster");

  it("previews a new seat without a write: what is not known yet stays so", async () => {
    ctx.simulator.org.claim("on_call", alice, new Date("2026-01-02T03:04:05Z"));
    const computed = { adopted: UNKNOWN, email: UNKNOWN, name: UNKNOWN, assignedAt: UNKNOWN };
    const { outputs } = await ctx.provider.create(seat(2), true);
    expect(outputs).to.deep.equal({ ...seat(2), ...computed });
    const unknown = { ...seat(3), userId: UNKNOWN };
    expect((await ctx.provider.create(unknown, true)).outputs).to.deep.equal({
      ...unknown,
      ...computed,
    });
    const { outputs: held } = await ctx.provider.create(seat(1), true);
    expect(held).to.include({ adopted: true, assignedAt: "2026-01-02T03:04:05.000Z" });
    const refused = await rejection(ctx.provider.create(seat(1, { existing: "reject" }), true));
    expect(refused.message).to.include("who already holds one");
    expect(ctx.simulator.requests.map(({ method }) => method)).to.deep.equal(["GET"]);
    expect(await ctx.provider.outputAtEnd()).to.include("Will adopt the on_call seat");
  });

  it("previews a change of the user as not known while the user is not", async () => {
    const olds = seat(1, { adopted: false, email: "user-1@example.com" });
    const news = seat(1, { userId: UNKNOWN });
    const outputs = await ctx.provider.update("on_call/1", olds, news, true);
    const computed = { adopted: UNKNOWN, email: UNKNOWN, name: UNKNOWN, assignedAt: UNKNOWN };
    expect(outputs).to.deep.equal({ ...news, ...computed });
  });

  it("previews a roster without a write: who comes, who goes and who is not known yet", async () => {
    ctx.simulator.org.claim("on_call", bob);
    const news = roster({ bob, dave: UNKNOWN });
    await rosters().check(news, roster({ alice }));
    const outputs = await rosters().update("on_call/roster", roster({ alice }), news, true);
    expect(outputs).to.deep.equal(news);
    expect(ctx.writes()).to.deep.equal([]);
    expect(await ctx.provider.outputAtEnd()).to.include(
      "+ bob (will be adopted), + dave (not known yet), - alice (leaves the roster)",
    );
  });

  it("keeps members secret, also where the change was done in part", async () => {
    const members = { alice: secret(alice), nobody: secret(user(99)) };
    const error = await rejection(rosters().create({ ...roster({}), members }));
    expect((error as PartialResource).outputs).to.deep.equal({
      productCode: "on_call",
      members: { alice: secret(alice) },
    });
    const { outputs } = await ctx.provider.create(seat(2, { userId: secret(bob) }));
    expect(outputs.userId).to.deep.equal(secret(bob));
  });

  it("names no property in a failure whose value is secret, because the engine would print it", async () => {
    const { failures } = await ctx.provider.check(seat(1, { userId: secret("a secret") }));
    expect(failures.map(({ property }) => property)).to.deep.equal([""]);
    expect(failures[0]?.reason)
      .to.match(/^userId: expected the UUID/)
      .and.not.include("a secret");
  });

  it("shows no secret where an import names another user", async () => {
    ctx.simulator.org.claim("on_call", alice);
    await ctx.provider.read(`on_call/${alice}`, {});
    const { failures } = await ctx.provider.check(seat(2, { userId: secret(bob) }));
    expect(failures[0]?.reason).to.include("`userId` is another one").and.not.include(bob);
  });

  it("refuses an unknown input, and still treats the seat as wanted", async () => {
    ctx.simulator.org.claim("on_call", alice);
    const { failures } = await ctx.provider.check(seat(1, { exists: "adopt" }), seat(1));
    expect(failures[0]?.reason).to.equal(
      'Unknown argument "exists" of the SeatAssignment "resource": expected one of productCode, userId, existing.',
    );
    await ctx.provider.delete(`on_call/${alice}`, seat(1));
    expect(ctx.writes()).to.deep.equal([]);
  });

  it("names the resources that there are where it is asked for another", async () => {
    const error = await rejection(ctx.provider.as("Seat").create(seat(1)));
    expect(error.message).to.equal(
      "The plugin datadog-seats has no resource datadog-seats:index:Seat: expected datadog-seats:index:SeatAssignment or datadog-seats:index:SeatRoster.",
    );
  });

  it("sends no write that waits when the run is cancelled", async () => {
    const limited = { "x-ratelimit-reset": "1" };
    ctx.simulator.faults.add({ method: "POST", status: 429, headers: limited });
    const cancelled = new Promise<void>((resolve) => {
      ctx.simulator.onRequest = ({ status }) => status === 429 && resolve(ctx.provider.cancel());
    });
    const error = await rejection(ctx.provider.create(seat(1)));
    await cancelled;
    expect(error.message).to.include("the run was cancelled before this was sent");
    expect(ctx.simulator.count("POST")).to.equal(1);
  });
});
