import { expect } from "chai";
import type { DeclaredSeat } from "../e2e/program/declarations";
import { onEachEntryPoint } from "../support/entryPoints";
import { user } from "../support/ids";
import { stackHarness } from "../support/stackHarness";

const [alice, bob, carol, dave] = [user(1), user(2), user(3), user(4)];
const seat = (name: string, userId: string): DeclaredSeat => ({
  name,
  productCode: "on_call",
  userId,
});
const roster = (name: string, members: Record<string, string>) => ({
  name,
  productCode: "on_call",
  members,
});

onEachEntryPoint(
  "ownership: a wanted seat sees no DELETE, and nobody else's is touched",
  (entryPoint) => {
    const ctx = stackHarness({ entryPoint });
    const holders = () => ctx.simulator.org.holders("on_call");
    const owned = () => ctx.stack.owned();

    it("a renamed resource keeps its seat, without an alias", async () => {
      await ctx.stack.declare(seat("alice", alice), seat("bob", bob));
      await ctx.stack.up();
      ctx.simulator.clearRequests();
      await ctx.stack.declare(seat("alice-renamed", alice), seat("bob", bob));

      expect(await ctx.stack.up()).to.include(`Left the seat on_call/${alice} in place`);
      expect(ctx.writes()).to.deep.equal([]);
      expect(holders()).to.deep.equal([alice, bob]);
      expect(await owned()).to.deep.equal([`alice-renamed on_call/${alice}`, `bob on_call/${bob}`]);
    });

    it("a resource that moves into a component keeps its seat", async () => {
      await ctx.stack.declare(seat("alice", alice));
      await ctx.stack.up();
      ctx.simulator.clearRequests();
      await ctx.stack.declare({ ...seat("alice", alice), component: "sre" });
      await ctx.stack.up();

      expect(ctx.writes()).to.deep.equal([]);
      expect(holders()).to.deep.equal([alice]);
      expect(await owned()).to.deep.equal([`alice on_call/${alice}`]);
    });

    it("two resources that swap their users keep both seats", async () => {
      await ctx.stack.declare(seat("first", alice), seat("second", bob));
      await ctx.stack.up();
      ctx.simulator.clearRequests();
      await ctx.stack.declare(seat("first", bob), seat("second", alice));
      await ctx.stack.up();

      expect(ctx.writes()).to.deep.equal([]);
      expect(holders()).to.deep.equal([alice, bob]);
      expect(await owned()).to.deep.equal([`first on_call/${bob}`, `second on_call/${alice}`]);
      await ctx.stack.preview("--refresh", "--expect-no-changes");
    });

    it("users who move on by one resource lose no seat, but for the one who leaves", async () => {
      await ctx.stack.declare(seat("first", alice), seat("second", bob), seat("third", carol));
      await ctx.stack.up();
      ctx.simulator.clearRequests();
      await ctx.stack.declare(seat("first", bob), seat("second", carol), seat("third", dave));
      await ctx.stack.up();

      expect(ctx.writes().sort()).to.deep.equal([
        `DELETE on_call ${alice}`,
        `POST on_call ${dave}`,
      ]);
      expect(holders()).to.deep.equal([bob, carol, dave]);
    });

    it("two resources that swap their users keep both seats even if the run fails before it has seen one of them", async () => {
      await ctx.stack.declare(seat("first", alice), seat("second", bob), seat("base", carol));
      await ctx.stack.up();
      ctx.simulator.clearRequests();
      // Only `second` waits for `base`, which can't be created.
      await ctx.stack.declare(seat("first", bob), seat("base", user(99)), {
        ...seat("second", alice),
        afterPrevious: true,
      });
      await ctx.stack.fails("up", "--yes", "--skip-preview");
      expect(holders()).to.deep.equal([alice, bob, carol]);
      expect(ctx.writes().filter((write) => write.startsWith("DELETE"))).to.deep.equal([]);

      await ctx.stack.declare();
      await ctx.stack.up();
      expect(holders()).to.deep.equal([]);
    });

    it("seats go over to a roster that contains them, and back", async () => {
      await ctx.stack.declare(seat("alice", alice), seat("bob", bob));
      await ctx.stack.up();
      ctx.simulator.clearRequests();
      await ctx.stack.declare();
      await ctx.stack.declareRosters(roster("team", { alice, bob }));
      await ctx.stack.up();
      await ctx.stack.declareRosters();
      await ctx.stack.declare(seat("alice", alice), seat("bob", bob));
      await ctx.stack.up();

      expect(ctx.writes()).to.deep.equal([]);
      expect(holders()).to.deep.equal([alice, bob]);
      expect(await owned()).to.deep.equal([`alice on_call/${alice}`, `bob on_call/${bob}`]);
    });

    it("a member goes from a roster that stays to a resource of its own, and back", async () => {
      await ctx.stack.declareRosters(roster("team", { alice, bob }));
      await ctx.stack.up();
      ctx.simulator.clearRequests();
      await ctx.stack.declareRosters(roster("team", { alice }));
      await ctx.stack.declare(seat("bob", bob));
      await ctx.stack.up();
      expect(await owned()).to.deep.equal([`bob on_call/${bob}`, `team on_call/${alice}`]);
      await ctx.stack.preview("--refresh", "--expect-no-changes");

      await ctx.stack.declare();
      await ctx.stack.declareRosters(roster("team", { alice, bob }));
      await ctx.stack.up();
      expect(ctx.writes()).to.deep.equal([]);
      expect(holders()).to.deep.equal([alice, bob]);
    });

    it("a member goes from one roster to another", async () => {
      await ctx.stack.declareRosters(roster("days", { alice, bob }), roster("nights", { carol }));
      await ctx.stack.up();
      ctx.simulator.clearRequests();
      await ctx.stack.declareRosters(roster("days", { alice, carol }), roster("nights", { bob }));
      await ctx.stack.up();
      expect(ctx.writes()).to.deep.equal([]);
      expect(holders()).to.deep.equal([alice, bob, carol]);
      await ctx.stack.preview("--refresh", "--expect-no-changes");
    });

    it("one seat in two resources of a program is an error that names both, in preview and up", async () => {
      const userId = "abcdef00-0000-4000-8000-00000000000a";
      ctx.simulator.org.addUser(userId);
      await ctx.stack.declare(seat("one", userId), seat("other", userId.toUpperCase()));
      const up = ["up", "--yes", "--skip-preview"];
      for (const output of [await ctx.stack.fails("preview"), await ctx.stack.fails(...up)]) {
        // The engine may check either of them first.
        expect(output).to.match(
          /"(one|other)" and "(one|other)" both declare the seat of on_call for user/,
        );
      }
      // The first of them may have been made by then, and is owned.
      expect((await owned()).length).to.equal(holders().length);
      await ctx.stack.declare(seat("other", alice));
      await ctx.stack.declareRosters(roster("team", { alice, bob }));
      expect(await ctx.stack.fails("preview")).to.match(
        /"(team|other)" and "(team|other)" both declare the seat of on_call for user/,
      );
    });

    it("seats of others are left alone by up, refresh and destroy", async () => {
      ctx.simulator.org.claim("on_call", carol);
      ctx.simulator.org.claim("incident_response", alice);
      await ctx.stack.declare(seat("alice", alice));
      await ctx.stack.declareRosters(roster("team", { bob }));
      await ctx.stack.up();
      await ctx.stack.refresh();
      ctx.simulator.org.claim("on_call", dave);
      await ctx.stack.up("--refresh");
      ctx.simulator.clearRequests();
      await ctx.stack.destroy();

      const removed = ctx.writes().flatMap((write) => write.split(" ").slice(2));
      expect(ctx.writes().every((write) => write.startsWith("DELETE on_call "))).to.equal(true);
      expect(removed.sort()).to.deep.equal([alice, bob]);
      expect(holders()).to.deep.equal([carol, dave]);
      expect(ctx.simulator.org.holders("incident_response")).to.deep.equal([alice]);
    });
  },
);
