import { expect } from "chai";
import type sinon from "sinon";
import { MAX_AGE_MS } from "../../../provider/src/api/clock";
import { Listing } from "../../../provider/src/seats/listing";
import { apiHarness } from "../../support/apiHarness";
import { stopClock } from "../../support/clock";
import { user, users } from "../../support/ids";
import { rejection } from "../../support/rejection";

describe("Listing", () => {
  const ctx = apiHarness();
  const gets = () => ctx.simulator.count("GET");

  beforeEach(() => {
    for (const id of users(7)) ctx.simulator.org.claim("on_call", id);
  });

  /** Of pages of two users, so that user 7 is on the fourth and last one. */
  const listing = () => new Listing(ctx.api({ pageSize: 2 }), "on_call");

  describe("finds a user", () => {
    it("on no more pages than may be read", async () => {
      const bounded = listing();
      const found = await Promise.all([7, 8, 3].map((n) => bounded.find(user(n), 2)));
      expect(found.slice(0, 2)).to.deep.equal(["not known", "not known"]);
      expect(found[2]).to.have.property("email");
      expect(await bounded.find(user(6), 2)).to.equal("not known");
      expect(gets()).to.equal(2);
    });

    it("on no page that comes after the user's own", async () => {
      const bounded = listing();
      for (const n of [1, 2, 1]) expect(await bounded.find(user(n), 3)).to.have.property("email");
      expect(gets()).to.equal(1);
    });

    it("or knows that the seat is not held, where nothing is left to read", async () => {
      expect(await listing().find(user(8), 4)).to.equal("not held");
    });

    it("without any request where no page may be read", async () => {
      expect(await listing().find(user(1), 0)).to.equal("not known");
      expect(gets()).to.equal(0);
    });

    it("among this run's own writes first, whatever has been read", async () => {
      const bounded = listing();
      bounded.record(user(1), false);
      bounded.record(user(8), true);
      expect(await bounded.find(user(1), 1)).to.equal("not held");
      expect(await bounded.find(user(8), 1)).to.deep.equal({ userId: user(8) });
      expect(gets()).to.equal(0);
      expect(await bounded.find(user(2), 1)).to.have.property("email");
      expect(await bounded.find(user(1), 1)).to.equal("not held");
    });
  });

  it("counts the holders by every page and this run's own writes, also by those that follow", async () => {
    const counted = listing();
    expect(await counted.find(user(1))).to.have.property("email");
    expect(counted.holdersRead).to.equal(undefined);
    for (const [n, holds] of [
      [1, false],
      [2, true],
      [8, true],
      [9, false],
    ] as const) {
      counted.record(user(n), holds);
    }
    const holders = await counted.holders();
    expect(holders.count).to.equal(7);
    expect([1, 2, 8, 9].map((n) => holders.has(user(n)))).to.deep.equal([false, true, true, false]);
    counted.record(user(9), true);
    expect([holders.count, counted.holdersRead?.count]).to.deep.equal([8, 8]);
  });

  it("confirms with another listing that a read misses a seat, and believes either that shows it", async () => {
    const confirmed = listing();
    await confirmed.all();
    ctx.simulator.org.unassign("on_call", user(1));
    ctx.simulator.org.claim("on_call", user(8));
    expect(await confirmed.findForRead(user(8))).to.have.property("email");
    expect(await confirmed.findForRead(user(9))).to.equal("not held");
    expect(gets()).to.equal(8);
    expect(await confirmed.findForRead(user(1))).to.have.property("email");
    const holders = await confirmed.allForRead([user(9)]);
    expect(holders.map(({ userId }) => userId).sort()).to.deep.equal(users(8));
    expect(gets()).to.equal(8);
  });

  it("knows without another listing that this run's own write has unassigned a seat", async () => {
    const confirmed = listing();
    confirmed.record(user(1), false);
    expect(await confirmed.findForRead(user(1))).to.equal("not held");
    expect(gets()).to.equal(0);
  });

  it("goes on from the page that has been read for whoever needs more of it", async () => {
    const shared = listing();
    await shared.find(user(8), 2);
    expect(await shared.find(user(5))).to.have.property("email");
    expect(gets()).to.equal(3);
    expect(await shared.find(user(8))).to.equal("not held");
    expect(await shared.all()).to.have.lengthOf(7);
    expect(gets()).to.equal(4);
    expect(await shared.find(user(8), 2)).to.equal("not held");
  });

  it("reads a page once for all who wait for it, however far each of them reads", async () => {
    const shared = listing();
    const [all] = await Promise.all([
      shared.all(),
      shared.find(user(8), 1),
      shared.find(user(3)),
      shared.find(user(8)),
    ]);
    expect(all).to.have.lengthOf(7);
    expect(gets()).to.equal(4);
  });

  describe("lists again", () => {
    let clock: sinon.SinonFakeTimers | undefined;
    afterEach(() => clock?.restore());

    it("when it has grown old, with what this run wrote within five minutes applied as before", async () => {
      clock = stopClock();
      const aging = listing();
      await aging.find(user(8));
      ctx.simulator.org.unassign("on_call", user(1));
      ctx.simulator.org.claim("on_call", user(9));

      clock.tick(MAX_AGE_MS);
      aging.record(user(6), false);
      expect(await aging.find(user(1))).to.have.property("email");
      expect(gets()).to.equal(4);
      clock.tick(1);
      expect(await aging.find(user(1))).to.equal("not held");
      expect(await aging.find(user(9))).to.have.property("email");
      expect(await aging.find(user(6))).to.equal("not held");
      expect(gets()).to.equal(8);
    });

    it("when it has grown old, and shows what has become of an earlier write since", async () => {
      clock = stopClock();
      const aging = listing();
      aging.record(user(6), false);
      aging.record(user(8), true);
      expect(await aging.find(user(6))).to.equal("not held");
      clock.tick(MAX_AGE_MS + 1);
      expect(await aging.find(user(6))).to.have.property("email");
      expect(await aging.find(user(8))).to.equal("not held");
      expect(await aging.all()).to.have.lengthOf(7);
    });

    it("though it is old that the keys were refused, and not before", async () => {
      clock = stopClock();
      const failing = listing();
      ctx.simulator.faults.add({ method: "GET", page: 2, status: 403 });
      await rejection(failing.find(user(8)));
      clock.tick(MAX_AGE_MS);
      await rejection(failing.find(user(8)));
      expect(gets()).to.equal(2);
      clock.tick(1);
      expect(await failing.find(user(8))).to.equal("not held");
    });

    it("without forgetting a write that a slow listing may not show, though another has begun since", async () => {
      clock = stopClock();
      const slow = listing();
      await slow.find(user(1), 1);
      slow.record(user(1), false);
      const all = slow.all();
      clock.tick(MAX_AGE_MS + 1);
      const renewed = slow.relist();
      expect((await all).map(({ userId }) => userId)).to.deep.equal(users(6, 2));
      expect([...(await renewed).keys()]).to.deep.equal(users(7));
    });

    it("but not while a page is on its way, however long that takes", async () => {
      clock = stopClock();
      const slow = listing();
      await slow.find(user(1), 1);
      ctx.simulator.behaviour.latencyMs = MAX_AGE_MS + 2;
      const first = slow.find(user(3), 2);
      while (clock.countTimers() === 0) await new Promise((resolve) => setImmediate(resolve));
      ctx.simulator.behaviour.latencyMs = 0;
      clock.tick(MAX_AGE_MS + 1);
      const second = slow.find(user(4), 2);
      clock.tick(1);
      for (const one of await Promise.all([first, second])) expect(one).to.have.property("email");
      expect(gets()).to.equal(2);
    });

    it("after a failure, from the first page on", async () => {
      const failing = listing();
      ctx.simulator.faults.add({ method: "GET", page: 2, status: 400 });
      const waiting = [3, 8].map((n) => rejection(failing.find(user(n))));
      const [one, other] = await Promise.all(waiting);
      expect(one).to.equal(other);
      expect(gets()).to.equal(2);
      expect(await failing.find(user(3))).to.have.property("email");
      expect(gets()).to.equal(4);
    });

    it("after a failure of a renewed listing, instead of believing the one before", async () => {
      const failing = listing();
      await failing.all();
      ctx.simulator.org.unassign("on_call", user(7));
      ctx.simulator.faults.add({ method: "GET", page: 2, status: 400 });
      await rejection(failing.relist());
      expect(await failing.find(user(7))).to.equal("not held");
    });

    it("but not with keys that were refused", async () => {
      const failing = listing();
      ctx.simulator.faults.add({ method: "GET", page: 2, status: 403 });
      const first = await rejection(failing.find(user(8)));
      for (const retry of [failing.find(user(8)), failing.relist()]) {
        expect((await rejection(retry)).message).to.equal(first.message);
      }
      expect(gets()).to.equal(2);
    });

    it("for everybody who asks while it does so, once", async () => {
      const renewed = listing();
      await renewed.find(user(1), 1);
      const first = renewed.relist();
      expect(renewed.relist()).to.equal(first);
      expect([...(await first).keys()]).to.deep.equal(users(7));
      expect(gets()).to.equal(5);
    });
  });
});
