// Seats that are assigned while only a part of the listing has been read. There are eight holders, on pages of two; one
// page is read before an assignment. What each entry point makes of a seat is asserted elsewhere: one is enough here.
import { expect } from "chai";
import { user, users } from "../support/ids";
import { crowd, providerHarness, roster } from "../support/providerHarness";
import { rejection } from "../support/rejection";

const seat = (n: number) => ({ productCode: "on_call", userId: user(n) });
const id = (n: number) => `on_call/${user(n)}`;
const assignedAt = "2026-01-02T03:04:05.000Z";

describe("a product with more holders than are read", () => {
  const ctx = providerHarness("SeatAssignment", 300, "dynamic", {
    "datadogSeats:pageSize": "2",
    "datadogSeats:adoptionPages": "1",
  });
  const holders = () => ctx.simulator.org.holders("on_call");
  const gets = () => ctx.simulator.count("GET");
  const rosters = () => ctx.provider.as("SeatRoster");
  /** What becomes of new SeatAssignments: what they say of `adopted`. */
  const adoptions = async (...ns: number[]) => {
    const created = await Promise.all(ns.map((n) => ctx.provider.create(seat(n))));
    return created.map(({ outputs }) => outputs.adopted);
  };

  beforeEach(() => {
    for (const userId of users(8)) {
      ctx.simulator.org.claim("on_call", userId, new Date(assignedAt));
    }
  });

  it("adopts who is on the pages read, assigns everybody else, and says once what is not known", async () => {
    const unknown = [undefined, undefined, undefined];
    expect(await adoptions(1, 2, 7, 9, 10)).to.deep.equal([true, true, ...unknown]);
    const named = ctx.writes().flatMap(([, ...userIds]) => userIds);
    expect(named.sort()).to.deep.equal([user(7), user(9), user(10)]);
    expect(holders()).to.deep.equal(users(10));
    expect(gets()).to.equal(1);
    const lines = (await ctx.provider.outputAtEnd()).split("\n");
    expect(lines.filter((line) => line.startsWith("Adopted the on_call seat"))).to.have.length(2);
    const bound = lines.filter((line) => line.startsWith("Only"));
    expect(bound).to.deep.equal([
      "Only the first page of the on_call seats was read: anybody else is assigned a seat, and may have held one already. `datadogSeats:adoptionPages` sets how many pages are read.",
    ]);
  });

  for (const assignHeld of ["unnamed", 409] as const) {
    it(`reads the rest where Datadog's response is ${assignHeld} because seats are held: they are adopted`, async () => {
      ctx.simulator.behaviour.assignHeld = assignHeld;
      const [held, free] = await Promise.all([7, 9].map((n) => ctx.provider.create(seat(n))));
      expect(held?.outputs).to.include({ ...seat(7), adopted: true, assignedAt });
      expect(free?.outputs).to.include(seat(9)).and.not.have.property("adopted");
      expect(await adoptions(5, 6, 8)).to.deep.equal([true, true, true]);
      expect(holders()).to.deep.equal(users(9));
      const output = await ctx.provider.outputAtEnd();
      for (const n of [5, 6, 7, 8]) {
        expect(output).to.include(`Adopted the on_call seat that user ${user(n)}`);
      }
    });
  }

  it('reads every page with existing: "reject"', async () => {
    const refused = await rejection(ctx.provider.create({ ...seat(8), existing: "reject" }));
    expect(refused.message).to.include(`already holds one (assigned ${assignedAt})`);
    const { outputs } = await ctx.provider.create({ ...seat(9), existing: "reject" });
    expect(outputs).to.include({ adopted: false });
    expect(gets()).to.equal(4);
    expect(await ctx.provider.outputAtEnd()).to.not.include("adoptionPages");
  });

  it("waits for no page where the setting is 0, and for all of them where it is all", async () => {
    await ctx.restart({ "datadogSeats:adoptionPages": "0" });
    expect(await adoptions(1)).to.deep.equal([undefined]);
    expect(gets()).to.equal(0);
    expect(await ctx.provider.outputAtEnd()).to.equal("");
    await ctx.restart({ "datadogSeats:adoptionPages": "all" });
    expect(await adoptions(8, 9)).to.deep.equal([true, false]);
    expect(gets()).to.equal(4);
  });

  it("assigns nobody where a page fails that might have shown the seat", async () => {
    await ctx.restart({ "datadogSeats:adoptionPages": "3" });
    const refusal = { status: 400, body: { errors: ["bad cursor"] } };
    ctx.simulator.faults.add({ method: "GET", page: 3, ...refusal });
    const [found, other] = await Promise.allSettled(
      [4, 9].map((n) => ctx.provider.create(seat(n))),
    );
    expect(found).to.have.nested.property("value.outputs.adopted", true);
    expect(other).to.have.nested.property("reason.message").that.includes("bad cursor");
    expect(ctx.writes()).to.deep.equal([]);
  });

  it("leaves `adopted` out for good, and a refresh fills in the rest without a change", async () => {
    const { outputs } = await ctx.provider.create(seat(7));
    await ctx.nextRun();
    const read = await ctx.provider.read(id(7), outputs);
    expect(read.outputs).to.deep.equal({
      ...seat(7),
      email: "user-000000000007@example.com",
      name: "User 000000000007",
      assignedAt,
    });
    const { changes } = await ctx.provider.diff(id(7), read.outputs, seat(7));
    expect(changes).to.equal(false);
  });

  it("does the same for a roster's members", async () => {
    ctx.simulator.behaviour.assignHeld = 409;
    const { outputs } = await rosters().create(roster(crowd(150)));
    expect(outputs).to.deep.equal(roster(crowd(150)));
    expect(holders()).to.deep.equal(users(150));
    const adopted = users(8).map((_, n) => `+ user-${n + 1} (adopted)`);
    expect(await ctx.provider.outputAtEnd()).to.include(
      `+ 132 more (assigned), ${adopted.join(", ")}`,
    );
  });

  it("reads one page for a roster's change, however many members there are", async () => {
    for (const userId of users(300)) ctx.simulator.org.claim("on_call", userId);
    const { "user-300": last, ...olds } = crowd(300);
    const { "user-1": first, ...others } = olds;
    const news = roster({ ...others, "user-300": String(last) });
    await rosters().update("on_call/roster", roster(olds), news);
    expect(ctx.writes()).to.deep.equal([
      ["DELETE", first],
      ["POST", last],
    ]);
    expect(gets()).to.equal(1);
  });

  it('reads every page for a roster that must know everybody: with "reject", or when it becomes exclusive', async () => {
    const rejecting = roster({ held: user(8) }, { existing: "reject" });
    const error = await rejection(rosters().create(rejecting));
    expect(error.message).to.include('"held" already holds the on_call seat');
    await rosters().create(roster(crowd(2), { exclusive: true }));
    expect(gets()).to.equal(4);
    expect(await ctx.provider.outputAtEnd()).to.include("6 other users hold on_call seats");
  });

  it("begins no listing for a run that only removes", async () => {
    await ctx.provider.delete(id(1), seat(1));
    await rosters().delete("on_call/roster", roster({ a: user(2), b: user(3) }));
    expect(holders()).to.deep.equal(users(8).slice(3));
    expect(gets()).to.equal(0);
  });
});

describe("keys that may change seats, but not see them", () => {
  const ctx = providerHarness("SeatAssignment", 10, "dynamic");

  it("assign and unassign with adoptionPages 0, because nothing is read", async () => {
    ctx.simulator.keys.permissions = ["on_call_write"];
    const { message } = await rejection(ctx.provider.create(seat(1)));
    expect(message).to.include("billing_read, incident_read, on_call_read; and user_access_read.");
    await ctx.restart({ "datadogSeats:adoptionPages": "0" });
    await ctx.provider.create(seat(1));
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal([user(1)]);
    await ctx.provider.delete(id(1), seat(1));
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal([]);
  });
});
