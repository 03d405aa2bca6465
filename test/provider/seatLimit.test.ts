// The user's own bound to the seats of an org. Users 8 and 9 are others who hold seats; the bound is 3.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { onEachEntryPoint } from "../support/entryPoints";
import { user } from "../support/ids";
import { providerHarness, roster } from "../support/providerHarness";
import { rejection } from "../support/rejection";
import { temporaryFolder } from "../support/workFolder";

const seat = (n: number, more = {}) => ({
  productCode: "on_call",
  userId: user(n),
  __urn: `seat-${n}`,
  ...more,
});
const team = (...ns: number[]) =>
  roster(Object.fromEntries(ns.map((n) => [`user-${n}`, user(n)])), { __urn: "team" });
const ID = "on_call/roster";

onEachEntryPoint("seatLimit", (entryPoint) => {
  const ctx = providerHarness("SeatAssignment", 10, entryPoint, {
    "datadogSeats:seatLimit": '{"on_call":3}',
    "datadogSeats:pageSize": "1",
    // Every page is read all the same.
    "datadogSeats:adoptionPages": "1",
  });
  const folder = temporaryFolder();
  const name = `${entryPoint === "plugin" ? "datadog-seats" : "datadogSeats"}:seatLimit`;
  const refusal = (held: number, more: number) =>
    `${name} of on_call is 3: the org holds ${held} now, and the program, as far as it has been seen, assigns ${more} more`;
  const teams = () => ctx.provider.as("SeatRoster");

  beforeEach(() => {
    for (const n of [8, 9]) ctx.simulator.org.claim("on_call", user(n));
  });

  /** What a preview says is wrong with new seats: the native plugin is told of it by `create`, the other by the program. */
  async function preview(...ns: number[]): Promise<string[]> {
    const isNative = entryPoint === "plugin";
    const results = ns.map(async (n) => {
      const { failures } = await ctx.provider.check(seat(n, isNative ? {} : { __preview: true }));
      if (isNative) await ctx.provider.create(seat(n), true);
      return failures.map(({ reason }) => reason);
    });
    const settled = await Promise.allSettled(results);
    return settled.flatMap((one) => (one.status === "fulfilled" ? one.value : one.reason.message));
  }

  it("fails what would exceed it before anything is sent, with the numbers, and lets the rest pass", async () => {
    for (const n of [1, 2]) await ctx.provider.check(seat(n));
    const { message } = await rejection(ctx.provider.create(seat(1)));
    expect(message).to.include(refusal(2, 2));
    expect(ctx.writes()).to.deep.equal([]);

    await ctx.restart();
    for (const n of [1, 8]) await ctx.provider.check(seat(n));
    await ctx.provider.create(seat(8));
    await ctx.provider.create(seat(1));
    ctx.simulator.org.product("incident_response");
    const other = seat(2, { productCode: "incident_response" });
    await ctx.provider.create(other);
    expect(ctx.writes()).to.deep.equal([
      ["POST", user(1)],
      ["POST", user(2)],
    ]);
  });

  it("counts requests in flight, and a refused one no more", async () => {
    const results = await Promise.allSettled([1, 2].map((n) => ctx.provider.create(seat(n))));
    expect(results.map(({ status }) => status)).to.have.members(["fulfilled", "rejected"]);
    expect(ctx.writes()).to.have.length(1);

    for (const id of [1, 2]) ctx.simulator.org.unassign("on_call", user(id));
    await ctx.nextRun();
    ctx.simulator.faults.add({ method: "POST", status: 422, body: { errors: ["no"] } });
    await rejection(ctx.provider.create(seat(1)));
    await ctx.provider.create(seat(2));
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal([2, 8, 9].map((n) => user(n)));
  });

  it("refuses a seat that is assigned before the one that it replaces goes, and not after that", async () => {
    ctx.simulator.org.claim("on_call", user(1));
    await ctx.provider.check(seat(2), seat(1));
    await ctx.provider.diff("on_call", seat(1), seat(2));
    const { message } = await rejection(ctx.provider.create(seat(2)));
    expect(message).to.include(refusal(3, 1)).and.include("`deleteBeforeReplace: true`");
    expect(ctx.writes()).to.deep.equal([]);

    await ctx.restart();
    // Two of them: the one that has not begun yet counts as one that unassigns first.
    for (const [olds, news] of [
      [1, 2],
      [9, 3],
    ] as const) {
      await ctx.provider.check(seat(news), seat(olds));
      // As the engine does for a resource that is to be replaced.
      await ctx.provider.check(seat(news));
    }
    await ctx.provider.delete("on_call", seat(1));
    await ctx.provider.create(seat(2));
    expect(ctx.writes()).to.deep.equal([
      ["DELETE", user(1)],
      ["POST", user(2)],
    ]);
  });

  it("lets a roster that is full swap members, and changes nothing of one that would grow", async () => {
    ctx.simulator.org.claim("on_call", user(1));
    await teams().check(team(2), team(1));
    await teams().diff(ID, team(1), team(2));
    await teams().update(ID, team(1), team(2));
    expect(ctx.writes()).to.deep.equal([
      ["DELETE", user(1)],
      ["POST", user(2)],
    ]);

    // Whoever leaves for another resource keeps the seat, so it is not free for the new member.
    await ctx.nextRun();
    await ctx.provider.check(seat(2));
    await teams().check(team(3), team(2));
    await teams().diff(ID, team(2), team(3));
    const moved = await rejection(teams().update(ID, team(2), team(3)));
    expect(moved.message.indexOf(`${refusal(3, 1)}.`)).to.equal(0);
    expect(ctx.writes()).to.deep.equal([]);

    await ctx.nextRun();
    await teams().check(team(3, 4), team(2));
    await teams().diff(ID, team(2), team(3, 4));
    const { message } = await rejection(teams().update(ID, team(2), team(3, 4)));
    expect(message).to.include(`${refusal(3, 2)} after 1 is unassigned.`);
    expect(ctx.writes()).to.deep.equal([]);
  });

  it("counts no more what a second check of a resource no longer declares", async () => {
    // With `ignoreChanges`, which doesn't hold for the replacement.
    await ctx.provider.check(seat(1), seat(1, { productCode: "incident_response" }));
    await ctx.provider.check(seat(2, { __urn: "seat-1" }));
    await ctx.provider.create(seat(2));
    expect(ctx.writes()).to.deep.equal([["POST", user(2)]]);
  });

  it("changes nothing of a roster that is full and whose leaver the ownership map lists", async () => {
    ctx.simulator.org.claim("on_call", user(1));
    const file = join(folder(), "seats.json");
    writeFileSync(file, JSON.stringify({ platform: { on_call: [user(1)] } }));
    await ctx.restart({ "datadogSeats:ownershipMap": file });
    await teams().check(team(2), team(1));
    await teams().diff(ID, team(1), team(2));
    const { message } = await rejection(teams().update(ID, team(1), team(2)));
    expect(message.indexOf(`${refusal(3, 1)}.`)).to.equal(0);
  });

  it("lets a roster adopt, whatever else doesn't fit", async () => {
    for (const n of [1, 2]) await ctx.provider.check(seat(n));
    await teams().check(team(8, 9));
    await teams().create(team(8, 9));
    expect(ctx.writes()).to.deep.equal([]);
  });

  it("fails a preview once, for all new seats that the program has declared so far", async () => {
    expect(await preview(1, 8)).to.deep.equal([]);
    const problems = (await preview(2, 3, 4)).join();
    expect(problems.split("the org holds")).to.have.length(2);
    // How many of them have been declared by then is the engine's business.
    expect(problems).to.match(/of on_call is 3: the org holds 2 now, .* assigns [234] more\./);
    expect(ctx.writes()).to.deep.equal([]);
  });
});
