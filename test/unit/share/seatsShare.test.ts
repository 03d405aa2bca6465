import { setImmediate as nextTurn } from "node:timers/promises";
import { expect } from "chai";
import { causeOf } from "../../../provider/src/api/errors";
import { SeatsApi } from "../../../provider/src/api/seats";
import { ProductSeats } from "../../../provider/src/seats/productSeats";
import { failure } from "../../support/apiHarness";
import { skippingWaits, stopClock } from "../../support/clock";
import { connectionTo } from "../../support/connection";
import { nothingWanted } from "../../support/guard";
import { user, users } from "../../support/ids";
import { failures, shareHarness } from "../../support/shareHarness";

describe("SeatsShare", () => {
  const on = shareHarness();
  const holders = () => on.simulator.org.holders("on_call");

  it("makes one listing for all stacks, and applies the writes of each to it", async () => {
    on.simulator.org.claim("on_call", user(3));
    const [one, other] = [on.stack(), on.stack()];
    expect(await one.find(user(3))).to.have.property("email", "user-000000000003@example.com");
    await one.assign(user(1));
    await one.unassign(user(3));
    expect(await other.find(user(1))).to.deep.equal({ id: user(1) });
    expect(await other.find(user(3))).to.equal(undefined);
    expect(await other.all()).to.deep.equal([{ id: user(1) }]);
    expect(on.simulator.count("GET")).to.equal(1);
  });

  it("sends nothing before a stack asks", async () => {
    on.stack();
    expect(on.simulator.count()).to.equal(0);
    expect(on.share.isUsed).to.equal(false);
    await on.stack().find(user(1));
    expect(on.share.isUsed).to.equal(true);
  });

  it("sends what several stacks write in one request", async () => {
    const stacks = [on.stack(), on.stack(), on.stack()];
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
    expect(on.sent("POST")).to.deep.equal([users(3)]);
    expect(on.sent("DELETE")).to.deep.equal([users(3)]);
  });

  it("finds the date of a seat that another stack assigned", async () => {
    await on.stack().find(user(1));
    await on.stack().assign(user(1));
    expect(await on.stack().details(user(1))).to.have.property("assignedAt");
    expect(on.simulator.count("GET")).to.equal(2);
  });

  it("lists again for a stack that asks for a listing after its own writes", async () => {
    const seats = on.stack();
    await seats.all();
    on.simulator.org.claim("on_call", user(2));
    const written = seats.assign(user(1));
    expect([...(await seats.allAnew()).keys()]).to.deep.equal(users(2));
    expect(await written).to.equal("done");
  });

  it("lets no two writes for one user pass each other, whichever stack asks", async () => {
    const [one, other] = [on.stack(), on.stack()];
    const writes = [one.assign(user(1)), one.unassign(user(1)), one.assign(user(1))];
    expect(await one.find(user(1))).to.have.property("id", user(1));
    await Promise.all([...writes, other.assign(user(1))]);
    expect(on.sent("DELETE")).to.deep.equal([users(1)]);
    expect(holders()).to.deep.equal([user(1)]);
  });

  it("keeps two products apart", async () => {
    const [one, other] = [on.stack("on_call"), on.stack("incident_response")];
    await Promise.all([one.assign(user(1)), other.assign(user(2))]);
    const holding = await Promise.all([one, other].map((seats) => seats.all()));
    expect(holding.map((all) => all.map(({ id }) => id))).to.deep.equal([[user(1)], [user(2)]]);
    expect(holders()).to.deep.equal([user(1)]);
    expect(on.simulator.count("GET")).to.equal(2);
  });

  it("asks for no removal of a seat that the stack's program wants", async () => {
    const unassigning: string[] = [];
    const seats = on.stack("on_call", {
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
    const calls = [...users(3), user(999)].map((id) => on.stack().assign(id));
    const [refused, ...others] = await failures(calls);
    expect(others).to.deep.equal([]);
    expect(holders()).to.deep.equal(users(3));

    const alone = new ProductSeats(
      new SeatsApi(connectionTo(on.simulator)),
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
    on.simulator.keys.permissions = ["billing_read"];
    const seats = on.stack();
    const one = await failure(seats.assign(user(1)));
    const other = await failure(seats.assign(user(2)));
    expect(other.message)
      .to.include(`user ${user(2)}`)
      .and.include("DD_SITE");
    expect(other).to.not.equal(one);
    expect(causeOf(other)).to.equal(causeOf(one));
    await failure(on.stack().assign(user(3)));
    expect(on.simulator.count("POST")).to.equal(1);
  });

  it("settles an unclear write by a listing", async () => {
    on.simulator.faults.add({ method: "POST", status: 502, times: 5, afterEffect: true });
    await skippingWaits(async () => {
      expect(await on.stack().assign(user(1))).to.equal("done");
    });
    expect(on.simulator.count("POST")).to.equal(5);
  });

  it("leaves unclear what no listing settles, and believes nothing of it", async () => {
    on.simulator.faults.add({ method: "POST", status: 502, times: 5, afterEffect: true });
    on.simulator.faults.add({ method: "GET", status: 400 });
    const seats = on.stack();
    await skippingWaits(async () => {
      const error = await failure(seats.assign(user(1)));
      expect(error.outcome).to.equal("unclear");
      expect(error.message).to.include("Whether it took effect is not known");
    });
    expect(await on.stack().find(user(1))).to.have.property("assignedAt");
  });

  it("waits for the rate limit in place of its stacks, says so once, and sends nothing twice", async () => {
    on.simulator.faults.add({
      method: "POST",
      status: 429,
      headers: { "x-ratelimit-reset": "60" },
    });
    const stacks = [on.stack(), on.stack()];
    const waited = await skippingWaits(() =>
      Promise.all(stacks.map((seats, n) => seats.assign(user(n + 1)))),
    );
    expect(waited).to.be.at.least(60_000);
    const succeeded = on.simulator.requests.filter(({ status }) => status === 201);
    expect(succeeded.flatMap(({ userIds }) => userIds)).to.have.members(users(2));
    expect(on.logged).to.have.lengthOf(1);
    expect(on.logged[0]).to.match(/waiting 60 s \(to assign /);
  });

  it("hands a listing of many pages over whole", async () => {
    on.simulator.org.addUser(user(250), { email: "line\u2028break@example.com" });
    for (const id of users(300)) on.simulator.org.claim("on_call", id);
    const all = await on.stack().all();
    expect(all.map(({ id }) => id)).to.deep.equal(users(300));
    expect(on.simulator.count("GET")).to.equal(3);
  });
});
