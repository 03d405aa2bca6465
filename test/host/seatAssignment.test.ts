import { expect } from "chai";
import { hostStage } from "../support/hostStage";
import { user, users } from "../support/ids";
import { rejection } from "../support/rejection";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const seat = (n: number) => ({ productCode: "on_call", userId: user(n) });
const id = (n: number) => `on_call/${user(n)}`;

describe("SeatAssignment in Pulumi's dynamic-provider process", () => {
  const on = hostStage("SeatAssignment", 10);

  describe("check", () => {
    it("normalises without a request, even without any configuration", async () => {
      await on.restart({ "datadog:apiKey": undefined, "datadog:apiUrl": "nonsense" });
      const { inputs, failures } = await on.host.check({
        productCode: "on_call ",
        userId: user(1),
      });
      expect(inputs).to.deep.equal(seat(1));
      expect(failures).to.deep.equal([]);
    });

    it("names the property that is wrong", async () => {
      const { failures } = await on.host.check({ ...seat(1), userId: "alice@example.com" });
      expect(failures.map(({ property }) => property)).to.deep.equal(["userId"]);
      expect(on.simulator.count()).to.equal(0);
    });

    it("passes the sentinel of a preview through", async () => {
      const { inputs, failures } = await on.host.check({ ...seat(1), userId: UNKNOWN });
      expect(inputs).to.deep.equal({ ...seat(1), userId: UNKNOWN });
      expect(failures).to.deep.equal([]);
    });
  });

  describe("diff", () => {
    it("sees no change between equal inputs, whatever a refresh has added", async () => {
      const olds = { ...seat(1), adopted: false, email: "a@example.com" };
      expect(await on.host.diff(id(1), olds, seat(1))).to.deep.include({
        changes: false,
        replaces: [],
      });
    });

    it("replaces for another user or product, the new one created first", async () => {
      expect(
        await on.host.diff(id(1), seat(1), { productCode: "x", userId: user(2) }),
      ).to.deep.equal({
        changes: true,
        replaces: ["productCode", "userId"],
        deleteBeforeReplace: false,
      });
    });

    it("expects a change, but no replacement, when the user is not known yet", async () => {
      // The engine asks so about the dependents of a replaced resource, and would delete what says "replace".
      const answer = await on.host.diff(id(1), seat(1), { ...seat(1), userId: UNKNOWN });
      expect(answer).to.deep.include({ changes: true, replaces: [] });
    });

    it("updates in place for another `existing`", async () => {
      const news = { ...seat(1), existing: "reject" };
      expect(await on.host.diff(id(1), seat(1), news)).to.deep.include({
        changes: true,
        replaces: [],
      });
      expect(await on.host.update(id(1), { ...seat(1), adopted: true }, news)).to.deep.equal({
        ...news,
        adopted: true,
      });
      expect(on.simulator.count()).to.equal(0);
    });
  });

  describe("create", () => {
    it("assigns the seat", async () => {
      expect(await on.host.create(seat(1))).to.deep.equal({
        id: id(1),
        outputs: { ...seat(1), adopted: false },
      });
      expect(on.simulator.org.holders("on_call")).to.deep.equal([user(1)]);
    });

    for (const assignHeld of ["assigned", "unnamed", 409, 422] as const) {
      it(`adopts a seat that is held and says so, though a POST would be answered ${assignHeld}`, async () => {
        on.simulator.behaviour.assignHeld = assignHeld;
        on.simulator.org.claim("on_call", user(1), new Date("2026-01-02T03:04:05Z"));
        const { outputs } = await on.host.create(seat(1));
        expect(outputs).to.deep.equal({
          ...seat(1),
          adopted: true,
          email: "user-000000000001@example.com",
          name: "User 000000000001",
          assignedAt: "2026-01-02T03:04:05.000Z",
        });
        expect(await on.host.outputAtEnd()).to.include(
          `Adopted the seat of on_call that user ${user(1)} (user-000000000001@example.com) holds since 2026-01-02T03:04:05.000Z: this stack owns it now.`,
        );
        expect(on.simulator.count("POST")).to.equal(0);
      });
    }

    it('refuses a seat that is held with existing: "reject", and tells both ways out', async () => {
      on.simulator.org.claim("on_call", user(1));
      const error = await rejection(on.host.create({ ...seat(1), existing: "reject" }));
      expect(error.message).to.include("already holds one");
      expect(error.message).to.include("`aliases`").and.to.include('`existing: "adopt"`');
      expect(on.simulator.count("POST")).to.equal(0);
    });

    for (const existing of ["adopt", "reject"] as const) {
      it(`does as "${existing}" says with a seat that was claimed after the listing`, async () => {
        on.simulator.behaviour.assignHeld = 409;
        on.simulator.onRequest = () => {
          on.simulator.onRequest = undefined;
          on.simulator.org.claim("on_call", user(1));
        };
        const creation = on.host.create({ ...seat(1), existing });
        if (existing === "reject") {
          expect((await rejection(creation)).message).to.include("already holds one");
        } else {
          expect((await creation).outputs).to.include({ ...seat(1), existing, adopted: true });
          expect(await on.host.outputAtEnd()).to.include("Adopted the seat of on_call");
        }
      });
    }

    it("assigns one seat after the other while Datadog refuses another user", async () => {
      const results = await Promise.allSettled([1, 99, 2].map((n) => on.host.create(seat(n))));
      expect(results.map(({ status }) => status)).to.deep.equal([
        "fulfilled",
        "rejected",
        "fulfilled",
      ]);
      expect(on.simulator.org.holders("on_call")).to.deep.equal([user(1), user(2)]);
    });
  });

  describe("read", () => {
    it("finds the user on the last of three pages", async () => {
      await on.restart({ "datadogSeats:pageSize": "3" });
      for (const userId of users(8)) on.simulator.org.claim("on_call", userId);
      const stored = { ...seat(8), existing: "reject", adopted: false };
      const { id: found, outputs, inputs } = await on.host.read(id(8), stored);
      expect(found).to.equal(id(8));
      expect(outputs).to.include({ email: "user-000000000008@example.com", adopted: false });
      expect(inputs).to.deep.equal({ ...seat(8), existing: "reject" });
      expect(on.simulator.count("GET")).to.equal(3);
    });

    it("answers an empty id for a seat that is on no page", async () => {
      await on.restart({ "datadogSeats:pageSize": "3" });
      for (const userId of users(8)) on.simulator.org.claim("on_call", userId);
      expect((await on.host.read(id(9), { ...seat(9), adopted: false })).id).to.equal("");
      expect(on.simulator.count("GET")).to.equal(3);
    });

    it("fails rather than drop a seat when a page is missing", async () => {
      await on.restart({ "datadogSeats:pageSize": "3" });
      for (const userId of users(8)) on.simulator.org.claim("on_call", userId);
      on.simulator.faults.add({ method: "GET", page: 2, status: 422, body: { errors: ["busy"] } });
      const error = await rejection(on.host.read(id(8), { ...seat(8), adopted: false }));
      expect(error.message).to.include("Could not list the seats of on_call").and.include("busy");
    });

    it("tells one cause in full once, and shortly to everybody else", async () => {
      on.simulator.faults.add({ method: "GET", status: 422, body: { errors: ["busy"] } });
      const reads = users(3).map((_, index) => on.host.read(id(index + 1), seat(index + 1)));
      const messages = (await Promise.all(reads.map(rejection))).map(({ message }) => message);
      expect(messages.filter((message) => message.includes("busy"))).to.have.lengthOf(1);
      expect(messages.filter((message) => message.includes("another error"))).to.have.lengthOf(2);
    });

    it("heeds the rate limit that another product's listing has met", async () => {
      const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "3600" };
      on.simulator.faults.add({ status: 200, headers, body: { data: [] } });
      await on.host.read(id(1), seat(1));
      const error = await rejection(on.host.read(`incident_response/${user(1)}`, {}));
      expect(error.message).to.include("the rate limit of");
      expect(on.simulator.count()).to.equal(1);
    });

    it("works from the id alone, and then fails when there is no such seat", async () => {
      on.simulator.org.claim("on_call", user(1));
      expect((await on.host.read(id(1), {})).outputs).to.include({ ...seat(1), adopted: true });
      const absent = await rejection(on.host.read(id(2), {}));
      expect(absent.message).to.equal(`User ${user(2)} holds no seat of on_call.`);
      const malformed = await rejection(on.host.read("on_call", {}));
      expect(malformed.message).to.include(
        '"on_call" is not the id of a seat. Expected one such as',
      );
    });
  });

  describe("delete", () => {
    it("takes the seat away, and nobody else's", async () => {
      for (const userId of users(3)) on.simulator.org.claim("on_call", userId);
      await on.host.delete(id(2), seat(2));
      expect(on.simulator.org.holders("on_call")).to.deep.equal([user(1), user(3)]);
      expect(on.simulator.requests.map(({ userIds }) => userIds)).to.deep.equal([[user(2)]]);
    });

    it("leaves a seat that another resource of the program has in its state", async () => {
      on.simulator.org.claim("on_call", user(1));
      await on.host.check({ ...seat(1), userId: user(1).toUpperCase() }, seat(1));
      await on.host.delete(id(1), seat(1));
      expect(await on.host.outputAtEnd()).to.include(`Left the seat ${id(1)} in place`);
      expect(on.simulator.count()).to.equal(0);
    });

    it("keeps a seat of which only a refresh has shown another owner, which the program may no longer have", async () => {
      on.simulator.org.claim("on_call", user(1));
      await on.host.check(seat(1));
      await on.host.diff(id(1), seat(1), seat(1));
      const error = await rejection(on.host.delete(id(1), seat(1)));
      expect(error.message).to.include(`Kept the seat ${id(1)} under this name`);
      expect(on.simulator.count()).to.equal(0);
    });

    it("leaves a seat when the resource that declares it has taken it over, and not before", async () => {
      on.simulator.org.claim("on_call", user(1));
      await on.host.check(seat(1));
      const order: string[] = [];
      const deletion = on.host.delete(id(1), seat(1)).then(() => order.push("let go"));
      await on.host.create(seat(1));
      order.push("taken over");
      await deletion;
      expect(order).to.deep.equal(["taken over", "let go"]);
      expect(on.simulator.count("DELETE")).to.equal(0);
    });

    it("keeps the old owner of a seat when the resource that declares it now was refused", async () => {
      on.simulator.org.claim("on_call", user(1));
      const renamed = { ...seat(1), existing: "reject" };
      await on.host.check(renamed);
      await rejection(on.host.create(renamed));
      const error = await rejection(on.host.delete(id(1), seat(1)));
      expect(error.message).to.include(`Kept the seat ${id(1)} under this name`);
      expect(on.simulator.org.holders("on_call")).to.deep.equal([user(1)]);
    });

    it("leaves a seat that the program declares even where another property is wrong", async () => {
      on.simulator.org.claim("on_call", user(1));
      const { failures } = await on.host.check({ ...seat(1), existing: "adpot" }, seat(1));
      expect(failures).to.have.lengthOf(1);
      await on.host.delete(id(1), seat(1));
      expect(on.simulator.org.holders("on_call")).to.deep.equal([user(1)]);
    });

    it("does not leave a seat of which only another product's is declared", async () => {
      on.simulator.org.claim("on_call", user(1));
      await on.host.check({ productCode: "incident_response", userId: user(1) });
      await on.host.delete(id(1), seat(1));
      expect(on.simulator.org.holders("on_call")).to.deep.equal([]);
    });
  });
});
