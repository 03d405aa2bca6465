import { expect } from "chai";
import { MAX_AGE_MS } from "../../../provider/src/api/clock";
import type { SeatsApiError } from "../../../provider/src/api/errors";
import { isHeld } from "../../../provider/src/seats/listing";
import { ProductSeats } from "../../../provider/src/seats/productSeats";
import type { Simulator } from "../../../simulator/src";
import { apiHarness, failureAfterWaits } from "../../support/apiHarness";
import { skippingWaits } from "../../support/clock";
import { user, users } from "../../support/ids";
import { rejection } from "../../support/rejection";

describe("ProductSeats", () => {
  let simulator: Simulator;
  let seats: ProductSeats;
  let wanted: Set<string>;
  const holders = () => simulator.org.holders("on_call");

  const ctx = apiHarness();
  beforeEach(() => {
    simulator = ctx.simulator;
    wanted = new Set();
    seats = new ProductSeats(ctx.api(), "on_call", (userId) => !wanted.has(userId));
  });

  it("makes one listing for everybody who asks", async () => {
    simulator.org.claim("on_call", user(2));
    const found = await Promise.all(users(10).map((id) => seats.find(id)));
    expect(found.map((lookup) => (isHeld(lookup) ? lookup.userId : lookup))).to.deep.equal(
      users(10).map((id) => (id === user(2) ? id : "not held")),
    );
    await seats.find(user(3));
    expect(simulator.count("GET")).to.equal(1);
  });

  it("knows its own writes without another listing", async () => {
    simulator.org.claim("on_call", user(2));
    await Promise.all([seats.find(user(1)), seats.assign(user(1)), seats.unassign(user(2))]);
    expect(await seats.find(user(1))).to.deep.equal({ userId: user(1) });
    expect(await seats.find(user(2))).to.equal("not held");
    expect(await seats.all()).to.deep.equal([{ userId: user(1) }]);
    expect(simulator.count("GET")).to.equal(1);
  });

  it("fails everybody alike when the listing fails", async () => {
    simulator.faults.add({ method: "GET", status: 400 });
    const errors = await Promise.all([1, 2].map((n) => rejection(seats.find(user(n)))));
    expect(errors[0]).to.equal(errors[1]);
    expect(simulator.count("GET")).to.equal(1);
  });

  describe("settles a write by a listing:", () => {
    const assigned = async () => {
      await skippingWaits(() => seats.assign(user(1)));
      expect(holders()).to.deep.equal([user(1)]);
    };

    it("an assignment that took effect, though every response was 502", async () => {
      simulator.faults.add({ method: "POST", status: 502, times: 5, afterEffect: true });
      await assigned();
    });

    it("an assignment that took effect before the connection dropped for good", async () => {
      simulator.faults.add({ method: "POST", instead: "drop", times: 5, afterEffect: true });
      await assigned();
    });

    it("an assignment whose repetition is refused because it took effect", async () => {
      simulator.behaviour.assignHeld = 409;
      simulator.behaviour.hiddenListings = 2;
      simulator.faults.add({ method: "POST", status: 502, afterEffect: true });
      await assigned();
      expect(simulator.count("GET")).to.equal(3);
    });

    for (const assignHeld of ["unnamed", 409, 422] as const) {
      it(`an assignment to somebody who has claimed the seat meanwhile, with response ${assignHeld}: it says so`, async () => {
        await seats.find(user(1));
        simulator.org.claim("on_call", user(1));
        simulator.behaviour.assignHeld = assignHeld;
        expect(await seats.assign(user(1))).to.equal("already");
        expect(await seats.find(user(1))).to.have.property("email");
      });
    }

    it("an assignment that took effect before the keys were refused", async () => {
      simulator.faults.add({ method: "POST", status: 502, afterEffect: true });
      simulator.faults.add({ method: "POST", status: 403, body: { errors: ["Forbidden"] } });
      await assigned();
    });

    it("a failed listing doesn't make the run forget its first listing", async () => {
      await seats.find(user(2));
      simulator.faults.add({ method: "POST", status: 502, times: 5 });
      simulator.faults.add({ method: "GET", status: 400 });
      await skippingWaits(() => rejection(seats.assign(user(1))));
      expect(await seats.find(user(2))).to.equal("not held");
    });

    it("an assignment that didn't take effect: it fails, after a few listings", async () => {
      simulator.faults.add({ method: "POST", status: 502, times: 5 });
      const { error, waited } = await failureAfterWaits(() => seats.assign(user(1)));
      // At most 7.5 s between the attempts, and 7 s between the listings.
      expect(waited).to.be.within(10_000, 15_000);
      expect(error.message).to.match(/502.*shows no seat of this user. Run `pulumi up` again\.$/);
      expect(simulator.count("GET")).to.equal(4);
    });

    it("an assignment that can't be settled: it fails, and says that the outcome is not known", async () => {
      simulator.faults.add({ method: "POST", status: 502, times: 5, afterEffect: true });
      simulator.faults.add({ method: "GET", status: 400 });
      const { error } = await failureAfterWaits(() => seats.assign(user(1)));
      expect(error.message).to.match(/Whether it took effect is not known: Could not list/);
    });

    it("keys that are refused for the retry and for the listing: advice on keys stands once", async () => {
      simulator.faults.add({ method: "POST", status: 502 });
      simulator.faults.add({ status: 403, body: { errors: ["Forbidden"] }, times: 2 });
      const { error } = await failureAfterWaits(() => seats.assign(user(1)));
      expect(error.message)
        .to.match(/Could not list the on_call seats: \S+ responded with 403: Forbidden\. The next/)
        .and.satisfy((message: string) => message.split("Check that the keys").length === 2);
    });

    it("a refused assignment that can't be settled: it fails with the refusal, about which nothing is unclear", async () => {
      simulator.faults.add({ method: "GET", status: 400 });
      const error = (await rejection(seats.assign(user(99)))) as SeatsApiError;
      expect(error.outcome).to.equal("refused");
      expect(error.message).to.include("not found").and.not.include("not known");
    });

    for (const unassignAbsent of [204, 404, 422] as const) {
      it(`an unassignment of somebody who has no seat, with response ${unassignAbsent}`, async () => {
        simulator.behaviour.unassignAbsent = unassignAbsent;
        expect(await seats.unassign(user(1))).to.equal("done");
        expect(await seats.find(user(1))).to.equal("not held");
      });
    }

    it("a removal that didn't take effect: it fails", async () => {
      simulator.org.claim("on_call", user(1));
      simulator.faults.add({ method: "DELETE", instead: "drop", times: 5 });
      const { error } = await failureAfterWaits(() => seats.unassign(user(1)));
      expect(error.message).to.match(/still shows the seat/);
      expect(await seats.find(user(1))).to.have.property("userId", user(1));
    });
  });

  it("tries keys that were refused again after five minutes", async () => {
    simulator.keys.permissions = ["billing_read"];
    await skippingWaits(async () => {
      await rejection(seats.assign(user(1)));
      simulator.keys.permissions = ["billing_edit"];
      await new Promise((resolve) => setTimeout(resolve, MAX_AGE_MS + 1));
      expect(await seats.assign(user(1))).to.equal("done");
    });
  });

  it("finds a user only when the writes for them are through", async () => {
    simulator.org.claim("on_call", user(1));
    await seats.find(user(1));
    const removal = seats.unassign(user(1));
    expect(await seats.find(user(1))).to.equal("not held");
    await removal;
  });

  it("keeps a seat that the program turns out to declare while its removal waits in a batch", async () => {
    for (const id of users(2)) simulator.org.claim("on_call", id);
    const removals = users(2).map((id) => seats.unassign(id));
    wanted.add(user(2));
    expect(await Promise.all(removals)).to.deep.equal(["done", "kept"]);
    expect(simulator.org.holders("on_call")).to.deep.equal([user(2)]);
  });
});
