// Seats that are assigned while only a part of the listing has been read. There are eight holders, on pages of two; one
// page is read before an assignment.
import { expect } from "chai";
import { onEachEntryPoint } from "../support/entryPoints";
import { user, users } from "../support/ids";
import { crowd, providerHarness, roster } from "../support/providerHarness";
import { rejection } from "../support/rejection";

const seat = (n: number) => ({ productCode: "on_call", userId: user(n) });
const id = (n: number) => `on_call/${user(n)}`;
const ROSTER = "on_call/roster";

onEachEntryPoint("an assignment in a product with more holders than are read", (entryPoint) => {
  const ctx = providerHarness("SeatAssignment", 300, entryPoint, {
    "datadogSeats:pageSize": "2",
    "datadogSeats:adoptionPages": "1",
  });
  const holders = () => ctx.simulator.org.holders("on_call");
  /** Whom a POST named, in whatever batches. */
  const assigned = () =>
    ctx
      .writes()
      .flatMap(([method, ...userIds]) => (method === "POST" ? userIds : []))
      .sort();
  const gets = () => ctx.simulator.count("GET");

  beforeEach(() => {
    for (const userId of users(8)) {
      ctx.simulator.org.claim("on_call", userId, new Date("2026-01-02T03:04:05Z"));
    }
  });

  describe("of a SeatAssignment", () => {
    it("adopts who is on the pages read, assigns everybody else, and says once what is not known", async () => {
      const created = await Promise.all([1, 2, 7, 9, 10].map((n) => ctx.provider.create(seat(n))));
      expect(created.map(({ outputs }) => outputs.adopted)).to.deep.equal([
        true,
        true,
        ...[undefined, undefined, undefined],
      ]);
      expect(created[3]).to.deep.equal({ id: id(9), outputs: seat(9) });
      expect(assigned()).to.deep.equal([user(7), user(9), user(10)]);
      expect(holders()).to.deep.equal(users(10));
      expect(gets()).to.equal(1);
      const output = await ctx.provider.outputAtEnd();
      expect(output.match(/Adopted the seat/g)).to.have.lengthOf(2);
      expect(
        output.match(/Read the first page of the seats of on_call, 2 of them/g),
      ).to.have.lengthOf(1);
    });

    for (const assignHeld of ["unnamed", 409, 422] as const) {
      it(`reads the rest where Datadog's response is ${assignHeld} because the seat is held: it is adopted`, async () => {
        ctx.simulator.behaviour.assignHeld = assignHeld;
        const [held, free] = await Promise.all([
          ctx.provider.create(seat(7)),
          ctx.provider.create(seat(9)),
        ]);
        expect(held.outputs).to.include({ ...seat(7), adopted: true });
        expect(held.outputs).to.have.property("assignedAt", "2026-01-02T03:04:05.000Z");
        expect(free.outputs).to.include(seat(9)).and.not.have.property("adopted");
        expect(holders()).to.deep.equal([...users(7), user(8), user(9)]);
        expect(await ctx.provider.outputAtEnd()).to.include(
          `Adopted the seat of on_call that user ${user(7)}`,
        );
      });
    }

    it("is settled when nobody is named because all held their seats", async () => {
      ctx.simulator.behaviour.assignHeld = "unnamed";
      const created = await Promise.all([5, 6, 7, 8].map((n) => ctx.provider.create(seat(n))));
      expect(created.map(({ outputs }) => outputs.adopted)).to.deep.equal(Array(4).fill(true));
      expect(assigned()).to.deep.equal(users(8).slice(4));
      expect(await ctx.provider.outputAtEnd()).to.include(
        `Adopted the seat of on_call that user ${user(8)}`,
      );
    });

    it("fails for a user whom Datadog refuses, and assigns the others", async () => {
      const results = await Promise.allSettled(
        [9, 999, 7].map((n) => ctx.provider.create(seat(n))),
      );
      expect(results.map(({ status }) => status)).to.deep.equal([
        "fulfilled",
        "rejected",
        "fulfilled",
      ]);
      expect(holders()).to.deep.equal(users(9));
    });

    it('reads every page with existing: "reject"', async () => {
      const error = await rejection(ctx.provider.create({ ...seat(8), existing: "reject" }));
      expect(error.message).to.include("already holds one (assigned 2026-01-02T03:04:05.000Z)");
      const { outputs } = await ctx.provider.create({ ...seat(9), existing: "reject" });
      expect(outputs).to.include({ adopted: false });
      expect(gets()).to.equal(4);
      expect(await ctx.provider.outputAtEnd()).to.not.include("datadogSeats:adoptionPages");
    });

    it("waits for no page where the setting is 0, and for all of them where it is all", async () => {
      await ctx.restart({ "datadogSeats:adoptionPages": "0" });
      expect((await ctx.provider.create(seat(1))).outputs).to.deep.equal(seat(1));
      expect(gets()).to.equal(0);
      expect(await ctx.provider.outputAtEnd()).to.equal("");
      await ctx.restart({ "datadogSeats:adoptionPages": "all" });
      expect((await ctx.provider.create(seat(8))).outputs).to.include({ adopted: true });
      expect((await ctx.provider.create(seat(9))).outputs).to.deep.equal({
        ...seat(9),
        adopted: false,
      });
      expect(gets()).to.equal(4);
    });

    it("fails when the page that it waits for fails; the next one reads it anew", async () => {
      ctx.simulator.faults.add({ method: "GET", status: 400, body: { errors: ["bad cursor"] } });
      expect((await rejection(ctx.provider.create(seat(9)))).message).to.include("bad cursor");
      expect(ctx.writes()).to.deep.equal([]);
      expect((await ctx.provider.create(seat(1))).outputs).to.include({ adopted: true });
      expect((await ctx.provider.create(seat(9))).outputs).to.deep.equal(seat(9));
    });

    it("fails where a cursor fails in the middle, unless the user was found before it", async () => {
      await ctx.restart({ "datadogSeats:adoptionPages": "3" });
      ctx.simulator.faults.add({
        method: "GET",
        page: 3,
        status: 400,
        body: { errors: ["bad cursor"] },
      });
      const [found, other] = await Promise.allSettled([
        ctx.provider.create(seat(4)),
        ctx.provider.create(seat(9)),
      ]);
      expect(found).to.have.nested.property("value.outputs.adopted", true);
      expect(other).to.have.nested.property("reason.message").that.includes("bad cursor");
      expect(ctx.writes()).to.deep.equal([]);
      expect(holders()).to.deep.equal(users(8));
    });
  });

  it("leaves `adopted` out for good, and a refresh fills in the rest without a change", async () => {
    const { outputs } = await ctx.provider.create(seat(7));
    await ctx.nextRun();
    const read = await ctx.provider.read(id(7), outputs);
    expect(read.outputs).to.deep.equal({
      ...seat(7),
      email: "user-000000000007@example.com",
      name: "User 000000000007",
      assignedAt: "2026-01-02T03:04:05.000Z",
    });
    expect(gets()).to.equal(4);
    expect(await ctx.provider.diff(id(7), read.outputs, seat(7))).to.deep.include({
      changes: false,
    });
  });

  it("goes on with the pages that a refresh in the same run has read, and the other way round", async () => {
    await ctx.provider.create(seat(9));
    await ctx.provider.read(id(5), seat(5));
    expect(gets()).to.equal(3);
    expect((await ctx.provider.create(seat(6))).outputs).to.include({ adopted: true });
    expect((await ctx.provider.read(id(10), seat(10))).id).to.equal("");
    expect(gets()).to.equal(5);
    expect((await ctx.provider.create(seat(10))).outputs).to.include({ adopted: false });
  });

  describe("of a SeatRoster", () => {
    const assigning = async (members: Record<string, string>, more = {}) =>
      ctx.provider.as("SeatRoster").create(roster(members, more));

    it("adopts members on the pages read, and assigns the others", async () => {
      const { outputs } = await assigning(crowd(150));
      expect(outputs).to.deep.equal(roster(crowd(150)));
      expect(holders()).to.deep.equal(users(150));
      expect(gets()).to.equal(1);
      expect(ctx.writes().map(({ length }) => length - 1)).to.deep.equal([100, 48]);
      expect(await ctx.provider.outputAtEnd()).to.include("+ user-1 (adopted), + user-2 (adopted)");
    });

    it("adopts those whom a response leaves out or refuses because they hold their seats", async () => {
      ctx.simulator.behaviour.assignHeld = 409;
      expect((await assigning(crowd(9))).outputs).to.deep.equal(roster(crowd(9)));
      expect(holders()).to.deep.equal(users(9));
      const output = await ctx.provider.outputAtEnd();
      expect(output)
        .to.include("+ user-1 (adopted), + user-2 (adopted)")
        .and.include("+ user-8 (adopted)");
    });

    it("changes by what changes, however many members there are", async () => {
      for (const userId of users(300)) ctx.simulator.org.claim("on_call", userId);
      const { "user-300": last, ...olds } = crowd(300);
      const { "user-1": first, ...others } = olds;
      const news = roster({ ...others, "user-300": String(last) });
      await ctx.provider.as("SeatRoster").update(ROSTER, roster(olds), news);
      expect(ctx.writes()).to.deep.equal([
        ["DELETE", first],
        ["POST", last],
      ]);
      expect(gets()).to.equal(1);
    });

    it('reads every page where it must know everybody: with "reject", or when it becomes exclusive', async () => {
      const error = await rejection(assigning({ held: user(8) }, { existing: "reject" }));
      expect(error.message).to.include('"held" already holds a seat');
      await assigning(crowd(2), { exclusive: true });
      expect(gets()).to.equal(4);
      expect(await ctx.provider.outputAtEnd()).to.include("6 others hold seats of on_call");
    });
  });

  it("has no part in a run that only removes: it begins no listing", async () => {
    await ctx.provider.delete(id(1), seat(1));
    await ctx.provider.as("SeatRoster").delete(ROSTER, roster({ a: user(2), b: user(3) }));
    expect(holders()).to.deep.equal(users(8).slice(3));
    expect(gets()).to.equal(0);
  });
});
