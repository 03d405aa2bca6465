import { expect } from "chai";
import { onEachEntryPoint } from "../support/entryPoints";
import { user, users } from "../support/ids";
import { stackHarness } from "../support/stackHarness";

const [alice, bob, carol, dave, erin] = users(5);
const seat = (name: string, userId = "") => ({ name, productCode: "on_call", userId });

onEachEntryPoint(
  "drift: refresh and preview show what Datadog holds, whichever page it is on",
  (entryPoint) => {
    const ctx = stackHarness({ users: 6, entryPoint });
    const quietly = ["--yes", "--skip-preview"];
    const ids = async () => (await ctx.stack.seats()).map(({ id }) => id?.split("/").at(-1)).sort();

    beforeEach(async () => {
      // Five seats on three pages.
      ctx.stack.set({ "datadogSeats:pageSize": "2" });
      await ctx.stack.declare(seat("alice", alice), seat("bob", bob), seat("erin", erin));
      for (const id of [carol, dave]) ctx.simulator.org.claim("on_call", id ?? "");
      await ctx.stack.up();
    });

    it("a seat that was unassigned elsewhere is missed in a preview, dropped by a refresh, and assigned by the next up", async () => {
      ctx.simulator.org.unassign("on_call", alice ?? "");
      expect(await ctx.stack.fails("preview", "--refresh", "--expect-no-changes")).to.include(
        "+ 1 to create",
      );
      await ctx.stack.refresh();
      expect(await ids()).to.deep.equal([bob, erin]);
      ctx.simulator.clearRequests();
      await ctx.stack.up();
      expect(ctx.writes()).to.deep.equal([`POST on_call ${alice}`]);
      expect(await ids()).to.deep.equal([alice, bob, erin]);
    });

    it("a seat that was claimed meanwhile is nobody's drift, until the program declares it and adopts it", async () => {
      ctx.simulator.org.claim("on_call", user(6));
      await ctx.stack.preview("--refresh", "--expect-no-changes");
      ctx.simulator.clearRequests();
      await ctx.stack.declare(
        seat("alice", alice),
        seat("bob", bob),
        seat("erin", erin),
        seat("frank", user(6)),
      );
      expect(await ctx.stack.up()).to.include(`Adopted the seat of on_call that user ${user(6)}`);
      expect(ctx.writes()).to.deep.equal([]);
    });

    it("a user who left the org is missed, and the next up says whom Datadog doesn't know", async () => {
      ctx.simulator.org.unassign("on_call", bob ?? "");
      ctx.simulator.org.users.delete(bob ?? "");
      await ctx.stack.refresh();
      expect(await ids()).to.deep.equal([alice, erin]);
      expect(await ctx.stack.fails("up", ...quietly)).to.match(
        new RegExp(`Could not assign a seat of on_call to user ${bob}: .* not found`),
      );
      expect(await ids()).to.deep.equal([alice, erin]);
    });

    it("a seat on the third of three pages is found", async () => {
      ctx.simulator.clearRequests();
      await ctx.stack.preview("--refresh", "--expect-no-changes");
      expect(ctx.simulator.requests).to.have.lengthOf(3);
      ctx.simulator.org.unassign("on_call", erin ?? "");
      expect(await ctx.stack.fails("preview", "--refresh", "--expect-no-changes")).to.include(
        "+ 1 to create",
      );
    });

    it("an error on the second page keeps the state as it is", async () => {
      const before = await ids();
      ctx.simulator.faults.add({ method: "GET", page: 2, status: 422, body: { errors: ["busy"] } });
      const output = await ctx.stack.fails("refresh", ...quietly);
      expect(output).to.include("Could not list the seats of on_call").and.include("busy");
      expect(output).to.not.match(/\n\s+at |\[object Object\]/);
      expect(await ids()).to.deep.equal(before);
    });
  },
);
