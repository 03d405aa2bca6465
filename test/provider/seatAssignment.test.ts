import { expect } from "chai";
import { onEachEntryPoint } from "../support/entryPoints";
import { user, users } from "../support/ids";
import { providerHarness } from "../support/providerHarness";
import { rejection } from "../support/rejection";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const seat = (n: number) => ({ productCode: "on_call", userId: user(n) });
const id = (n: number) => `on_call/${user(n)}`;

onEachEntryPoint("SeatAssignment", (entryPoint) => {
  const ctx = providerHarness("SeatAssignment", 10, entryPoint);

  describe("check", () => {
    it("normalises without a request, even without any configuration", async () => {
      await ctx.restart({ "datadog:apiKey": undefined, "datadog:apiUrl": "nonsense" });
      const { inputs, failures } = await ctx.provider.check({
        productCode: "on_call ",
        userId: user(1),
      });
      expect(inputs).to.deep.equal(seat(1));
      expect(failures).to.deep.equal([]);
    });

    it("names the property that is wrong", async () => {
      const { failures } = await ctx.provider.check({ ...seat(1), userId: "alice@example.com" });
      expect(failures.map(({ property }) => property)).to.deep.equal(["userId"]);
      expect(ctx.simulator.count()).to.equal(0);
    });

    it("passes the sentinel of a preview through", async () => {
      const { inputs, failures } = await ctx.provider.check({ ...seat(1), userId: UNKNOWN });
      expect(inputs).to.deep.equal({ ...seat(1), userId: UNKNOWN });
      expect(failures).to.deep.equal([]);
    });
  });

  describe("diff", () => {
    it("sees no change between equal inputs, whatever a refresh has added", async () => {
      const olds = { ...seat(1), adopted: false, email: "a@example.com" };
      expect(await ctx.provider.diff(id(1), olds, seat(1))).to.deep.include({
        changes: false,
        replaces: [],
      });
    });

    it("replaces for another user or product, the new one created first", async () => {
      expect(
        await ctx.provider.diff(id(1), seat(1), { productCode: "x", userId: user(2) }),
      ).to.deep.equal({
        changes: true,
        replaces: ["productCode", "userId"],
        deleteBeforeReplace: false,
      });
    });

    it("expects a change, but no replacement, when the user is not known yet", async () => {
      // The engine asks so about the dependents of a replaced resource, and would delete what says "replace".
      const diff = await ctx.provider.diff(id(1), seat(1), { ...seat(1), userId: UNKNOWN });
      expect(diff).to.deep.include({ changes: true, replaces: [] });
    });

    it("updates in place for another `existing`", async () => {
      const news = { ...seat(1), existing: "reject" };
      expect(await ctx.provider.diff(id(1), seat(1), news)).to.deep.include({
        changes: true,
        replaces: [],
      });
      expect(await ctx.provider.update(id(1), { ...seat(1), adopted: true }, news)).to.deep.equal({
        ...news,
        adopted: true,
      });
      expect(ctx.simulator.count()).to.equal(0);
    });
  });

  describe("create", () => {
    it("assigns the seat", async () => {
      expect(await ctx.provider.create(seat(1))).to.deep.equal({
        id: id(1),
        outputs: { ...seat(1), adopted: false },
      });
      expect(ctx.simulator.org.holders("on_call")).to.deep.equal([user(1)]);
    });

    for (const assignHeld of ["assigned", "unnamed", 409, 422] as const) {
      it(`adopts a seat that is held and says so, though a POST would end ${assignHeld}`, async () => {
        ctx.simulator.behaviour.assignHeld = assignHeld;
        ctx.simulator.org.claim("on_call", user(1), new Date("2026-01-02T03:04:05Z"));
        const { outputs } = await ctx.provider.create(seat(1));
        expect(outputs).to.deep.equal({
          ...seat(1),
          adopted: true,
          email: "user-000000000001@example.com",
          name: "User 000000000001",
          assignedAt: "2026-01-02T03:04:05.000Z",
        });
        expect(await ctx.provider.outputAtEnd()).to.include(
          `Adopted the seat of on_call that user ${user(1)} (user-000000000001@example.com) has held since 2026-01-02T03:04:05.000Z: this stack owns it now.`,
        );
        expect(ctx.simulator.count("POST")).to.equal(0);
      });
    }

    it('refuses a seat that is held with existing: "reject", and tells both ways out', async () => {
      ctx.simulator.org.claim("on_call", user(1));
      const error = await rejection(ctx.provider.create({ ...seat(1), existing: "reject" }));
      expect(error.message).to.include("already holds one");
      expect(error.message).to.include("`aliases`").and.to.include('`existing: "adopt"`');
      expect(ctx.simulator.count("POST")).to.equal(0);
    });

    for (const existing of ["adopt", "reject"] as const) {
      it(`does as "${existing}" says with a seat that was claimed after the listing`, async () => {
        ctx.simulator.behaviour.assignHeld = 409;
        ctx.simulator.onRequest = () => {
          ctx.simulator.onRequest = undefined;
          ctx.simulator.org.claim("on_call", user(1));
        };
        const creation = ctx.provider.create({ ...seat(1), existing });
        if (existing === "reject") {
          expect((await rejection(creation)).message).to.include("already holds one");
        } else {
          expect((await creation).outputs).to.include({ ...seat(1), existing, adopted: true });
          expect(await ctx.provider.outputAtEnd()).to.include("Adopted the seat of on_call");
        }
      });
    }

    it("assigns one seat after the other while Datadog refuses another user", async () => {
      const results = await Promise.allSettled([1, 99, 2].map((n) => ctx.provider.create(seat(n))));
      expect(results.map(({ status }) => status)).to.deep.equal([
        "fulfilled",
        "rejected",
        "fulfilled",
      ]);
      expect(ctx.simulator.org.holders("on_call")).to.deep.equal([user(1), user(2)]);
    });
  });

  describe("read", () => {
    it("finds the user on the last of three pages", async () => {
      await ctx.restart({ "datadogSeats:pageSize": "3" });
      for (const userId of users(8)) ctx.simulator.org.claim("on_call", userId);
      const stored = { ...seat(8), existing: "reject", adopted: false };
      const { id: found, outputs, inputs } = await ctx.provider.read(id(8), stored);
      expect(found).to.equal(id(8));
      expect(outputs).to.include({ email: "user-000000000008@example.com", adopted: false });
      expect(inputs).to.deep.equal({ ...seat(8), existing: "reject" });
      expect(ctx.simulator.count("GET")).to.equal(3);
    });

    it("returns an empty id for a seat that is on no page", async () => {
      await ctx.restart({ "datadogSeats:pageSize": "3" });
      for (const userId of users(8)) ctx.simulator.org.claim("on_call", userId);
      expect((await ctx.provider.read(id(9), { ...seat(9), adopted: false })).id).to.equal("");
      expect(ctx.simulator.count("GET")).to.equal(3);
    });

    it("fails rather than drop a seat when a page is missing", async () => {
      await ctx.restart({ "datadogSeats:pageSize": "3" });
      for (const userId of users(8)) ctx.simulator.org.claim("on_call", userId);
      ctx.simulator.faults.add({ method: "GET", page: 2, status: 422, body: { errors: ["busy"] } });
      const error = await rejection(ctx.provider.read(id(8), { ...seat(8), adopted: false }));
      expect(error.message).to.include("Could not list the seats of on_call").and.include("busy");
    });

    it("tells one cause in full once, and shortly to everybody else", async () => {
      ctx.simulator.faults.add({ method: "GET", status: 422, body: { errors: ["busy"] } });
      const reads = users(3).map((_, index) => ctx.provider.read(id(index + 1), seat(index + 1)));
      const messages = (await Promise.all(reads.map(rejection))).map(({ message }) => message);
      expect(messages.filter((message) => message.includes("busy"))).to.have.lengthOf(1);
      expect(messages.filter((message) => message.includes("another error"))).to.have.lengthOf(2);
    });

    it("heeds the rate limit that another product's listing has met", async () => {
      const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "3600" };
      ctx.simulator.faults.add({ status: 200, headers, body: { data: [] } });
      await ctx.provider.read(id(1), seat(1));
      const error = await rejection(ctx.provider.read(`incident_response/${user(1)}`, {}));
      expect(error.message).to.include("the rate limit of");
      expect(ctx.simulator.count()).to.equal(1);
    });

    it("works from the id alone, and then fails when there is no such seat", async () => {
      ctx.simulator.org.claim("on_call", user(1));
      expect((await ctx.provider.read(id(1), {})).outputs).to.include({
        ...seat(1),
        adopted: true,
      });
      const absent = await rejection(ctx.provider.read(id(2), {}));
      expect(absent.message).to.equal(`User ${user(2)} holds no seat of on_call.`);
      const malformed = await rejection(ctx.provider.read("on_call", {}));
      expect(malformed.message).to.match(
        /^"on_call" is not the id of a seat\. Expected .* such as "on_call\/3fa8/,
      );
    });
  });
});
