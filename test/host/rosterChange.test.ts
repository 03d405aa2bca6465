import { expect } from "chai";
import type { PartialResource } from "../support/host";
import { crowd, roster, rosterStage } from "../support/hostStage";
import { user, users } from "../support/ids";
import { rejection } from "../support/rejection";

const [alice, bob, carol, dave] = [user(1), user(2), user(3), user(4)];
const ID = "on_call/roster";

describe("SeatRoster, changed in part or exclusive, in Pulumi's dynamic-provider process", () => {
  const on = rosterStage();
  const holders = () => on.simulator.org.holders("on_call");

  for (const existing of ["adopt", "reject"] as const) {
    it(`does as "${existing}" says with a seat that was claimed after the listing`, async () => {
      on.simulator.behaviour.assignHeld = 409;
      on.simulator.onRequest = () => {
        on.simulator.onRequest = undefined;
        on.simulator.org.claim("on_call", alice);
      };
      const wanted = roster({ alice, bob }, { existing });
      if (existing === "reject") {
        const error = (await rejection(on.host.create(wanted))) as PartialResource;
        expect(error.message).to.include('"alice": already holds a seat.');
        expect(error.outputs).to.deep.equal(roster({ bob }, { existing }));
      } else {
        expect((await on.host.create(wanted)).outputs).to.deep.equal(wanted);
        expect(await on.host.outputAtEnd()).to.include("+ alice (adopted)");
      }
      expect(holders()).to.deep.equal([alice, bob]);
    });
  }

  describe("done in part", () => {
    const failing = async (promise: Promise<unknown>) =>
      (await rejection(promise)) as PartialResource;

    it("records exactly who has a seat, names who has none, and the next update does the rest", async () => {
      const wanted = roster({ ...crowd(99), ghost: user(999) });
      const error = await failing(on.host.create(wanted));
      expect(error.message).to.match(
        /^1 of 100 changes to the seats of on_call failed. "ghost": Could not assign .*999 not found\.$/,
      );
      expect(error.id).to.equal(ID);
      expect(error.outputs).to.deep.equal(roster(crowd(99)));
      expect(error.reasons).to.have.lengthOf(1);
      expect(holders()).to.deep.equal(users(99));

      await on.nextRun();
      on.simulator.org.addUser(user(999));
      expect((await on.host.diff(ID, error.outputs, wanted)).changes).to.equal(true);
      expect(await on.host.update(ID, error.outputs, wanted)).to.deep.equal(wanted);
      expect(on.writes()).to.deep.equal([["POST", user(999)]]);
    });

    it("keeps whoever could not be removed, under a label of its own if need be", async () => {
      on.simulator.org.claim("on_call", alice);
      on.simulator.org.claim("on_call", bob);
      on.simulator.faults.add({
        method: "DELETE",
        status: 422,
        body: { errors: ["locked"] },
        times: 3,
      });
      const news = roster({ alice: carol });
      const error = await failing(on.host.update(ID, roster({ alice, bob }), news));
      expect(error.outputs).to.deep.equal(
        roster({ alice: carol, [`alice (${alice})`]: alice, bob }),
      );
      expect(holders()).to.deep.equal([alice, bob, carol]);
    });

    it("is recorded as it is when the connection goes for good in the middle", async () => {
      await on.restart({ "datadogSeats:maxWaitSeconds": "5" });
      // The listing and the first two groups go through; from then on nothing does.
      on.simulator.onRequest = () => {
        if (on.simulator.count("POST") === 2)
          on.simulator.faults.add({ instead: "drop", times: 1000 });
      };
      const wanted = roster(crowd(300));
      const error = await failing(on.host.create(wanted));
      const recorded = Object.values(error.outputs.members as object).sort();
      expect(recorded).to.deep.equal(holders());
      expect(recorded.length).to.be.within(100, 299);
      expect(error.message).to.include("Whether it took effect is not known");

      on.simulator.onRequest = undefined;
      on.simulator.faults.clear();
      await on.nextRun();
      await on.host.update(ID, error.outputs, wanted);
      expect(holders()).to.deep.equal(users(300));
      expect(on.writes().flat()).to.not.include(recorded[0]);
    });

    it("is recorded when one of two could not be removed", async () => {
      for (const id of [alice, bob]) on.simulator.org.claim("on_call", id);
      on.simulator.faults.add({ method: "DELETE", status: 422 });
      on.simulator.onRequest = () => {
        if (on.simulator.count("DELETE") === 2) on.simulator.faults.add({ status: 422 });
      };
      const error = await failing(on.host.update(ID, roster({ alice, bob }), roster({})));
      const [left = ""] = holders();
      expect(holders()).to.have.lengthOf(1);
      expect(Object.values(error.outputs.members as object)).to.deep.equal([left]);
      expect(error.message).to.match(/^1 of 2 changes/);
    });

    it("records whom it has adopted, even when nobody else got a seat", async () => {
      on.simulator.org.claim("on_call", alice);
      const error = await failing(on.host.create(roster({ alice, ghost: user(999) })));
      expect(error.outputs).to.deep.equal(roster({ alice }));
    });

    it("is no partial change when nothing was changed", async () => {
      on.simulator.keys.permissions = ["billing_read"];
      await on.host.check(roster({ alice, bob }));
      const error = await rejection(on.host.create(roster({ alice, bob })));
      expect(error.message).to.not.include("--run-program");
      expect(error).to.not.have.property("id");
      expect(error.message).to.include("2 of 2 changes").and.include("billing_edit");
      expect(error.message.match(/billing_edit/g)).to.have.lengthOf(1);
    });
  });

  describe("exclusive", () => {
    const exclusive = (members: Record<string, string>, more = {}) =>
      roster(members, { exclusive: true, ...more });

    it("takes nobody's seat before a refresh has shown it", async () => {
      on.simulator.org.claim("on_call", carol);
      await on.host.create(exclusive({ alice }));
      expect(holders()).to.deep.equal([alice, carol]);
      expect(await on.host.outputAtEnd()).to.include("1 other holds a seat of on_call: ");
    });

    it("tells of others when an update makes it exclusive, once", async () => {
      for (const id of [alice, carol]) on.simulator.org.claim("on_call", id);
      await on.host.update(ID, exclusive({ alice }), exclusive({ alice, bob }));
      await on.host.create(exclusive({ alice, bob, carol }));
      expect(await on.host.outputAtEnd()).to.not.include("other holds a seat");

      await on.restart();
      await on.host.update(ID, roster({ alice, bob }), exclusive({ alice, bob }));
      expect(await on.host.outputAtEnd()).to.include("1 other holds a seat of on_call");
      expect(holders()).to.deep.equal([alice, bob, carol]);
    });

    it("still doesn't own a stranger who could not be removed", async () => {
      for (const id of [alice, bob, carol]) on.simulator.org.claim("on_call", id);
      on.simulator.faults.add({ method: "DELETE", status: 422, times: 3 });
      const { outputs } = await on.host.read(ID, exclusive({ alice, bob }));
      const update = on.host.update(ID, outputs, exclusive({ alice, dave }));
      const error = (await rejection(update)) as PartialResource;
      expect(error.outputs).to.deep.equal(
        exclusive({ alice, bob, dave, "3@example.com": carol }, { others: ["3@example.com"] }),
      );
    });

    it("shows others by email after a refresh, and then removes them", async () => {
      on.simulator.org.claim("on_call", alice);
      on.simulator.org.claim("on_call", carol);
      const { outputs } = await on.host.read(ID, exclusive({ alice }));
      expect(outputs.members).to.deep.equal({ alice, "3@example.com": carol });

      expect((await on.host.diff(ID, outputs, exclusive({ alice }))).changes).to.equal(true);
      await on.nextRun();
      expect(await on.host.update(ID, outputs, exclusive({ alice }))).to.deep.equal(
        exclusive({ alice }),
      );
      expect(on.writes()).to.deep.equal([["DELETE", carol]]);
    });

    it("forgets somebody who has left by themselves since", async () => {
      on.simulator.org.claim("on_call", alice);
      const state = exclusive({ alice, "3@example.com": carol }, { others: ["3@example.com"] });
      expect((await on.host.read(ID, state)).outputs).to.deep.equal(exclusive({ alice }));
    });

    it("leaves others alone when it is deleted, or no longer exclusive", async () => {
      for (const id of [alice, carol]) on.simulator.org.claim("on_call", id);
      const { outputs } = await on.host.read(ID, exclusive({ alice }));
      await on.nextRun();
      expect(await on.host.update(ID, outputs, roster({ alice }))).to.deep.equal(roster({ alice }));
      await on.host.delete(ID, outputs);
      expect(on.writes()).to.deep.equal([["DELETE", alice]]);
    });

    it("owns a stranger from the moment that the program lists them", async () => {
      for (const id of [alice, carol]) on.simulator.org.claim("on_call", id);
      const { outputs } = await on.host.read(ID, exclusive({ alice }));
      const news = exclusive({ alice, "3@example.com": carol });
      expect((await on.host.diff(ID, outputs, news)).changes).to.equal(true);
      expect(await on.host.update(ID, outputs, news)).to.deep.equal(news);
      expect(on.writes()).to.deep.equal([]);
    });
  });
});
