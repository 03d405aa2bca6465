import { setImmediate as nextTurn } from "node:timers/promises";
import { expect } from "chai";
import { causeOf } from "../../../provider/src/api/errors";
import { SeatsApi } from "../../../provider/src/api/seats";
import { seatBefore } from "../../../provider/src/lifecycle/seatBefore";
import { ProductSeats } from "../../../provider/src/seats/productSeats";
import { failure } from "../../support/apiHarness";
import { skippingWaits, stopClock } from "../../support/clock";
import { connectionTo } from "../../support/connection";
import { nothingWanted } from "../../support/guard";
import { user, users } from "../../support/ids";
import { failures, shareHarness } from "../../support/shareHarness";

describe("SeatsShare", () => {
  const ctx = shareHarness();
  const holders = () => ctx.simulator.org.holders("on_call");

  it("makes one listing for all stacks, and applies the writes of each to it", async () => {
    ctx.simulator.org.claim("on_call", user(3));
    const [one, other] = [ctx.stack(), ctx.stack()];
    expect(await one.find(user(3))).to.have.property("email", "user-000000000003@example.com");
    await one.assign(user(1));
    await one.unassign(user(3));
    expect(await other.find(user(1))).to.deep.equal({ userId: user(1) });
    expect(await other.find(user(3))).to.equal(undefined);
    expect(await other.all()).to.deep.equal([{ userId: user(1) }]);
    expect(ctx.simulator.count("GET")).to.equal(1);
  });

  it("sends nothing before a stack asks", async () => {
    ctx.stack();
    expect(ctx.simulator.count()).to.equal(0);
    expect(ctx.share.isUsed).to.equal(false);
    await ctx.stack().find(user(1));
    expect(ctx.share.isUsed).to.equal(true);
  });

  it("sends what several stacks write in one request", async () => {
    const stacks = [ctx.stack(), ctx.stack(), ctx.stack()];
    const clock = stopClock();
    try {
      for (const verb of ["assign", "unassign"] as const) {
        const writes = stacks.map((seats, n) => seats[verb](user(n + 1)));
        await nextTurn();
        // A connection is read in order: when this has its response, the write has arrived.
        await Promise.all(stacks.map((seats) => seats.find(user(9))));
        await clock.tickAsync(200);
        await Promise.all(writes);
      }
    } finally {
      clock.restore();
    }
    expect(ctx.sent("POST")).to.deep.equal([users(3)]);
    expect(ctx.sent("DELETE")).to.deep.equal([users(3)]);
  });

  it("finds the date of a seat that another stack assigned", async () => {
    await ctx.stack().find(user(1));
    await ctx.stack().assign(user(1));
    expect(await ctx.stack().details(user(1))).to.have.property("assignedAt");
    expect(ctx.simulator.count("GET")).to.equal(2);
  });

  it("lists again for a stack that asks for a listing after its own writes", async () => {
    const seats = ctx.stack();
    await seats.all();
    ctx.simulator.org.claim("on_call", user(2));
    const written = seats.assign(user(1));
    expect([...(await seats.relist()).keys()]).to.deep.equal(users(2));
    expect(await written).to.equal("done");
  });

  it("lets no two writes for one user pass each other, whichever stack asks", async () => {
    const [one, other] = [ctx.stack(), ctx.stack()];
    const writes = [one.assign(user(1)), one.unassign(user(1)), one.assign(user(1))];
    expect(await one.find(user(1))).to.have.property("userId", user(1));
    await Promise.all([...writes, other.assign(user(1))]);
    expect(ctx.sent("DELETE")).to.deep.equal([users(1)]);
    expect(holders()).to.deep.equal([user(1)]);
  });

  it("keeps two products apart", async () => {
    const [one, other] = [ctx.stack("on_call"), ctx.stack("incident_response")];
    await Promise.all([one.assign(user(1)), other.assign(user(2))]);
    const holding = await Promise.all([one, other].map((seats) => seats.all()));
    expect(holding.map((all) => all.map(({ userId }) => userId))).to.deep.equal([
      [user(1)],
      [user(2)],
    ]);
    expect(holders()).to.deep.equal([user(1)]);
    expect(ctx.simulator.count("GET")).to.equal(2);
  });

  it("asks for no removal of a seat that the stack's program wants", async () => {
    const unassigning: string[] = [];
    const seats = ctx.stack("on_call", {
      isWanted: (id) => id === user(1),
      unassigning: (id) => unassigning.push(id),
    });
    await Promise.all(users(2).map((id) => seats.assign(id)));
    expect(await seats.unassign(user(1))).to.equal("kept");
    expect(await seats.unassign(user(2))).to.equal("done");
    expect(unassigning).to.deep.equal([user(2)]);
    expect(holders()).to.deep.equal([user(1)]);
  });

  it("tells for each user what Datadog said, in the words of a run without it", async () => {
    const calls = [...users(3), user(999)].map((id) => ctx.stack().assign(id));
    const [refused, ...others] = await failures(calls);
    expect(others).to.deep.equal([]);
    expect(holders()).to.deep.equal(users(3));

    const alone = new ProductSeats(
      new SeatsApi(connectionTo(ctx.simulator)),
      "on_call",
      nothingWanted,
    );
    const direct = await failure(alone.assign(user(999)));
    expect(refused).to.deep.include({
      message: direct.message,
      summary: direct.summary,
      outcome: "refused",
      status: 400,
    });
  });

  it("tells users of one failure that it is one, and sends refused keys once", async () => {
    ctx.simulator.keys.permissions = ["billing_read"];
    const seats = ctx.stack();
    const one = await failure(seats.assign(user(1)));
    const other = await failure(seats.assign(user(2)));
    expect(other.message)
      .to.include(`user ${user(2)}`)
      .and.include("which DD_HOST selects");
    expect(other).to.not.equal(one);
    expect(causeOf(other)).to.equal(causeOf(one));
    await failure(ctx.stack().assign(user(3)));
    expect(ctx.simulator.count("POST")).to.equal(1);
  });

  it("settles an unclear write by a listing", async () => {
    ctx.simulator.faults.add({ method: "POST", status: 502, times: 5, afterEffect: true });
    await skippingWaits(async () => {
      expect(await ctx.stack().assign(user(1))).to.equal("done");
    });
    expect(ctx.simulator.count("POST")).to.equal(5);
  });

  it("leaves unclear what no listing settles, and believes nothing of it", async () => {
    ctx.simulator.faults.add({ method: "POST", status: 502, times: 5, afterEffect: true });
    ctx.simulator.faults.add({ method: "GET", status: 400 });
    const seats = ctx.stack();
    await skippingWaits(async () => {
      const error = await failure(seats.assign(user(1)));
      expect(error.outcome).to.equal("unclear");
      expect(error.message).to.include("Whether it took effect is not known");
    });
    expect(await ctx.stack().find(user(1))).to.have.property("assignedAt");
  });

  it("waits for the rate limit in place of its stacks, says so once, and sends nothing twice", async () => {
    ctx.simulator.faults.add({
      method: "POST",
      status: 429,
      headers: { "x-ratelimit-reset": "60" },
    });
    const stacks = [ctx.stack(), ctx.stack()];
    const waited = await skippingWaits(() =>
      Promise.all(stacks.map((seats, n) => seats.assign(user(n + 1)))),
    );
    expect(waited).to.be.at.least(60_000);
    const succeeded = ctx.simulator.requests.filter(({ status }) => status === 201);
    expect(succeeded.flatMap(({ userIds }) => userIds)).to.have.members(users(2));
    expect(ctx.logged).to.have.lengthOf(1);
    expect(ctx.logged[0]).to.match(/waiting 60 s \(to assign /);
  });

  it("hands a listing of many pages over whole", async () => {
    ctx.simulator.org.addUser(user(250), { email: "line\u2028break@example.com" });
    for (const id of users(300)) ctx.simulator.org.claim("on_call", id);
    const all = await ctx.stack().all();
    expect(all.map(({ userId }) => userId)).to.deep.equal(users(300));
    expect(ctx.simulator.count("GET")).to.equal(2);
  });
});

describe("SeatsShare, for an assignment in a product with more holders than are read", () => {
  const ctx = shareHarness({ "datadogSeats:pageSize": "2", "datadogSeats:adoptionPages": "1" });

  it("reads the listing as far as its own setting says, and says once what is not known", async () => {
    for (const id of users(8)) ctx.simulator.org.claim("on_call", id);
    const [one, other] = [ctx.stack(), ctx.stack()];
    expect(await one.lookUp(user(1))).to.have.property("userId", user(1));
    expect(await one.lookUp(user(7))).to.equal("not known");
    expect(await other.lookUp(user(9))).to.equal("not known");
    expect(ctx.simulator.count("GET")).to.equal(1);
    expect(ctx.logged).to.have.lengthOf(1);
    expect(ctx.logged[0]).to.include("the first page of the seats of on_call, 2 of them");

    const refusing = (n: number) => ({ userId: user(n), existing: "reject" }) as const;
    expect(await seatBefore(other, refusing(7))).to.have.property("userId", user(7));
    expect(await seatBefore(other, refusing(9))).to.equal("not held");
  });
});
