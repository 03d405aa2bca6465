// What becomes of a seat that a resource releases, beside the rest of the program. More about members who leave a roster is
// in rosterHandOver.test.ts.
import { expect } from "chai";
import { onEachEntryPoint } from "../support/entryPoints";
import { user } from "../support/ids";
import { roster, rosterHarness } from "../support/providerHarness";
import { rejection } from "../support/rejection";

const [alice, bob, carol] = [user(1), user(2), user(3)];
const seat = (userId: string, productCode = "on_call") => ({ productCode, userId });
const id = (userId: string) => `on_call/${userId}`;
const ROSTER = "on_call/roster";

onEachEntryPoint("a seat that is released", (entryPoint) => {
  const ctx = rosterHarness(entryPoint);
  const assignments = () => ctx.provider.as("SeatAssignment");
  const holders = () => ctx.simulator.org.holders("on_call");

  beforeEach(() => {
    for (const userId of [alice, bob, carol]) ctx.simulator.org.claim("on_call", userId);
  });

  describe("by a SeatAssignment that is deleted", () => {
    it("is unassigned, and no other, though the program declares the user's seat of another product", async () => {
      ctx.simulator.org.product("incident_response");
      await assignments().check(seat(bob, "incident_response"));
      await assignments().create(seat(bob, "incident_response"));
      await assignments().delete(id(bob), seat(bob));
      expect(holders()).to.deep.equal([alice, carol]);
      expect(ctx.writes().filter(([method]) => method === "DELETE")).to.deep.equal([
        ["DELETE", bob],
      ]);
    });

    it("is left to a resource that has it in its state, though another input of that one is wrong", async () => {
      const olds = seat(alice);
      await assignments().check({ ...seat(alice.toUpperCase()), existing: "adpot" }, olds);
      await assignments().delete(id(alice), olds);
      expect(await ctx.provider.outputAtEnd()).to.include(`Left the seat ${id(alice)} in place`);
      expect(ctx.simulator.count()).to.equal(0);
    });

    it("is left to the resource that declares it when that one owns it, and not before", async () => {
      await assignments().check(seat(alice));
      const order: string[] = [];
      const deletion = assignments()
        .delete(id(alice), seat(alice))
        .then(() => order.push("released"));
      await assignments().create(seat(alice));
      order.push("owned");
      await deletion;
      expect(order).to.deep.equal(["owned", "released"]);
      expect(ctx.writes()).to.deep.equal([]);
    });
  });

  describe("by a SeatRoster that is deleted", () => {
    it("is unassigned, if it is a member's", async () => {
      await ctx.provider.delete(ROSTER, roster({ alice, carol }));
      expect(ctx.writes()).to.deep.equal([["DELETE", alice, carol]]);
    });

    it("is left to another resource of the program that owns it", async () => {
      const other = roster({ alice }, { __urn: "other" });
      await ctx.provider.check(other, other);
      await ctx.provider.diff(ROSTER, other, other);
      await ctx.provider.delete(ROSTER, roster({ alice, bob }));
      expect(holders()).to.deep.equal([alice, carol]);
      expect(await ctx.provider.outputAtEnd()).to.include(
        "- bob (unassigned), - alice (left in place)",
      );
    });
  });

  it("in vain, because Datadog refuses, fails the deletion", async () => {
    ctx.simulator.faults.add({
      method: "DELETE",
      status: 422,
      body: { errors: ["locked"] },
      times: 5,
    });
    const deletion = assignments().delete(id(bob), seat(bob));
    expect((await rejection(deletion)).message).to.match(/^Could not unassign .*locked/);
    const all = await rejection(ctx.provider.delete(ROSTER, roster({ alice, carol })));
    expect(all.message).to.match(
      /^2 of 2 changes to the on_call seats failed\. "alice", "carol": .*locked/,
    );
    expect(holders()).to.deep.equal([alice, bob, carol]);
  });

  it("before the engine shows another resource that has it is assigned again by that one", async () => {
    await ctx.provider.check(roster({ alice }));
    await ctx.provider.update(ROSTER, roster({ alice, bob }), roster({ alice }));
    expect(holders()).to.deep.equal([alice, carol]);

    // A roster that turns out to have the member changes too.
    const changed = await ctx.provider.diff(ROSTER, roster({ bob }), roster({ bob }));
    expect(changed).to.include({ changes: true });
    await assignments().check(seat(bob));
    expect(await assignments().diff(id(bob), seat(bob), seat(bob))).to.include({ changes: true });
    await assignments().update(id(bob), seat(bob), seat(bob));
    expect(holders()).to.deep.equal([alice, bob, carol]);
    expect(await assignments().diff(id(bob), seat(bob), seat(bob))).to.include({ changes: false });
  });

  it("by each of two rosters that swap members stays as it is", async () => {
    const swap = async (name: string, before: string, after: string) => {
      const olds = roster({ lead: before }, { __urn: name });
      const news = roster({ lead: after }, { __urn: name });
      await ctx.provider.check(news, olds);
      return async () => (await ctx.provider.update(ROSTER, olds, news)).members;
    };
    const updates = [await swap("nights", bob, alice), await swap("days", alice, bob)];
    const swapped = await Promise.all(updates.map((update) => update()));
    expect(swapped).to.deep.equal([{ lead: alice }, { lead: bob }]);
    expect(ctx.writes()).to.deep.equal([]);
  });
});
