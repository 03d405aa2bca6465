import { expect } from "chai";
import { onEachEntryPoint } from "../support/entryPoints";
import { user, users } from "../support/ids";
import type { PartialResource } from "../support/partialResource";
import { crowd, roster, rosterHarness } from "../support/providerHarness";
import { rejection } from "../support/rejection";

const [alice, bob, carol, dave] = [user(1), user(2), user(3), user(4)];
const ID = "on_call/roster";

onEachEntryPoint("SeatRoster, changed in part or exclusive", (entryPoint) => {
  const ctx = rosterHarness(entryPoint);
  const holders = () => ctx.simulator.org.holders("on_call");

  for (const existing of ["adopt", "reject"] as const) {
    it(`does as "${existing}" says with a seat that was claimed after the listing`, async () => {
      ctx.simulator.behaviour.assignHeld = 409;
      ctx.simulator.onRequest = () => {
        ctx.simulator.onRequest = undefined;
        ctx.simulator.org.claim("on_call", alice);
      };
      const wanted = roster({ alice, bob }, { existing });
      if (existing === "reject") {
        const error = (await rejection(ctx.provider.create(wanted))) as PartialResource;
        expect(error.message).to.include('"alice": already holds a seat.');
        expect(error.outputs).to.deep.equal(roster({ bob }, { existing }));
      } else {
        expect((await ctx.provider.create(wanted)).outputs).to.deep.equal(wanted);
        expect(await ctx.provider.outputAtEnd()).to.include("+ alice (adopted)");
      }
      expect(holders()).to.deep.equal([alice, bob]);
    });
  }

  it("removes nobody after another resource has failed, because the engine shows no more of the program", async () => {
    ctx.simulator.org.claim("on_call", alice);
    ctx.simulator.org.claim("on_call", bob);
    const seats = ctx.provider.as("SeatAssignment");
    const unknown = { productCode: "on_call", userId: user(999) };
    await seats.check(unknown);
    await ctx.provider.check(roster({ alice }), roster({ alice, bob }));
    await rejection(seats.create(unknown));

    const update = ctx.provider.update(ID, roster({ alice, bob }), roster({ alice }));
    expect((await rejection(update)).message).to.include(
      `Kept the seat on_call/${bob}: another resource failed in this run`,
    );
    expect(ctx.simulator.count("DELETE")).to.equal(0);
    expect(holders()).to.deep.equal([alice, bob]);
  });

  describe("done in part", () => {
    const failing = async (promise: Promise<unknown>) =>
      (await rejection(promise)) as PartialResource;

    it("records exactly who has a seat, names who has none, and the next update does the rest", async () => {
      const wanted = roster({ ...crowd(99), ghost: user(999) });
      const error = await failing(ctx.provider.create(wanted));
      expect(error.message).to.match(
        /^1 of 100 changes to the seats of on_call failed. "ghost": Could not assign .*999 not found\.$/,
      );
      expect(error.id).to.equal(ID);
      expect(error.outputs).to.deep.equal(roster(crowd(99)));
      expect(error.reasons).to.have.lengthOf(1);
      expect(holders()).to.deep.equal(users(99));

      await ctx.nextRun();
      ctx.simulator.org.addUser(user(999));
      expect((await ctx.provider.diff(ID, error.outputs, wanted)).changes).to.equal(true);
      expect(await ctx.provider.update(ID, error.outputs, wanted)).to.deep.equal(wanted);
      expect(ctx.writes()).to.deep.equal([["POST", user(999)]]);
    });

    it("keeps whoever could not be removed, under a label of its own if need be", async () => {
      ctx.simulator.org.claim("on_call", alice);
      ctx.simulator.org.claim("on_call", bob);
      ctx.simulator.faults.add({
        method: "DELETE",
        status: 422,
        body: { errors: ["locked"] },
        times: 3,
      });
      const news = roster({ alice: carol });
      const error = await failing(ctx.provider.update(ID, roster({ alice, bob }), news));
      expect(error.outputs).to.deep.equal(
        roster({ alice: carol, [`alice (${alice})`]: alice, bob }),
      );
      expect(holders()).to.deep.equal([alice, bob, carol]);
    });

    it("is recorded as it is when the connection goes for good in the middle", async () => {
      await ctx.restart({ "datadogSeats:maxWaitSeconds": "5" });
      // The listing and the first two groups go through; from then on nothing does.
      ctx.simulator.onRequest = () => {
        if (ctx.simulator.count("POST") === 2)
          ctx.simulator.faults.add({ instead: "drop", times: 1000 });
      };
      const wanted = roster(crowd(300));
      const error = await failing(ctx.provider.create(wanted));
      const recorded = Object.values(error.outputs.members as object).sort();
      expect(recorded).to.deep.equal(holders());
      expect(recorded.length).to.be.within(100, 299);
      expect(error.message).to.include("Whether it took effect is not known");

      ctx.simulator.onRequest = undefined;
      ctx.simulator.faults.clear();
      await ctx.nextRun();
      await ctx.provider.update(ID, error.outputs, wanted);
      expect(holders()).to.deep.equal(users(300));
      expect(ctx.writes().flat()).to.not.include(recorded[0]);
    });

    it("is recorded when one of two could not be removed", async () => {
      for (const id of [alice, bob]) ctx.simulator.org.claim("on_call", id);
      ctx.simulator.faults.add({ method: "DELETE", status: 422 });
      ctx.simulator.onRequest = () => {
        if (ctx.simulator.count("DELETE") === 2) ctx.simulator.faults.add({ status: 422 });
      };
      const error = await failing(ctx.provider.update(ID, roster({ alice, bob }), roster({})));
      const [left = ""] = holders();
      expect(holders()).to.have.lengthOf(1);
      expect(Object.values(error.outputs.members as object)).to.deep.equal([left]);
      expect(error.message).to.match(/^1 of 2 changes/);
    });

    it("records whom it has adopted, even when nobody else got a seat", async () => {
      ctx.simulator.org.claim("on_call", alice);
      const error = await failing(ctx.provider.create(roster({ alice, ghost: user(999) })));
      expect(error.outputs).to.deep.equal(roster({ alice }));
    });

    it("is no partial change when nothing was changed", async () => {
      ctx.simulator.keys.permissions = ["billing_read"];
      await ctx.provider.check(roster({ alice, bob }));
      const error = await rejection(ctx.provider.create(roster({ alice, bob })));
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
      ctx.simulator.org.claim("on_call", carol);
      await ctx.provider.create(exclusive({ alice }));
      expect(holders()).to.deep.equal([alice, carol]);
      expect(await ctx.provider.outputAtEnd()).to.include("1 other holds a seat of on_call: ");
    });

    it("tells of others when an update makes it exclusive, once", async () => {
      for (const id of [alice, carol]) ctx.simulator.org.claim("on_call", id);
      await ctx.provider.update(ID, exclusive({ alice }), exclusive({ alice, bob }));
      await ctx.provider.create(exclusive({ alice, bob, carol }));
      expect(await ctx.provider.outputAtEnd()).to.not.include("other holds a seat");

      await ctx.restart();
      await ctx.provider.update(ID, roster({ alice, bob }), exclusive({ alice, bob }));
      expect(await ctx.provider.outputAtEnd()).to.include("1 other holds a seat of on_call");
      expect(holders()).to.deep.equal([alice, bob, carol]);
    });

    it("still doesn't own another holder who could not be removed", async () => {
      for (const id of [alice, bob, carol]) ctx.simulator.org.claim("on_call", id);
      ctx.simulator.faults.add({ method: "DELETE", status: 422, times: 3 });
      const { outputs } = await ctx.provider.read(ID, exclusive({ alice, bob }));
      const update = ctx.provider.update(ID, outputs, exclusive({ alice, dave }));
      const error = (await rejection(update)) as PartialResource;
      expect(error.outputs).to.deep.equal(
        exclusive({ alice, bob, dave, "3@example.com": carol }, { others: ["3@example.com"] }),
      );
    });

    it("shows others by email after a refresh, and then removes them", async () => {
      ctx.simulator.org.claim("on_call", alice);
      ctx.simulator.org.claim("on_call", carol);
      const { outputs } = await ctx.provider.read(ID, exclusive({ alice }));
      expect(outputs.members).to.deep.equal({ alice, "3@example.com": carol });

      expect((await ctx.provider.diff(ID, outputs, exclusive({ alice }))).changes).to.equal(true);
      await ctx.nextRun();
      expect(await ctx.provider.update(ID, outputs, exclusive({ alice }))).to.deep.equal(
        exclusive({ alice }),
      );
      expect(ctx.writes()).to.deep.equal([["DELETE", carol]]);
    });

    it("forgets somebody who has left by themselves since", async () => {
      ctx.simulator.org.claim("on_call", alice);
      const state = exclusive({ alice, "3@example.com": carol }, { others: ["3@example.com"] });
      expect((await ctx.provider.read(ID, state)).outputs).to.deep.equal(exclusive({ alice }));
    });

    it("leaves others alone when it is deleted, or no longer exclusive", async () => {
      for (const id of [alice, carol]) ctx.simulator.org.claim("on_call", id);
      const { outputs } = await ctx.provider.read(ID, exclusive({ alice }));
      await ctx.nextRun();
      expect(await ctx.provider.update(ID, outputs, roster({ alice }))).to.deep.equal(
        roster({ alice }),
      );
      await ctx.provider.delete(ID, outputs);
      expect(ctx.writes()).to.deep.equal([["DELETE", alice]]);
    });

    it("owns another holder from the moment that the program lists them", async () => {
      for (const id of [alice, carol]) ctx.simulator.org.claim("on_call", id);
      const { outputs } = await ctx.provider.read(ID, exclusive({ alice }));
      const news = exclusive({ alice, "3@example.com": carol });
      expect((await ctx.provider.diff(ID, outputs, news)).changes).to.equal(true);
      expect(await ctx.provider.update(ID, outputs, news)).to.deep.equal(news);
      expect(ctx.writes()).to.deep.equal([]);
    });
  });
});
