import { expect } from "chai";
import { apiHarness, failure, failureAfterWaits } from "../../support/apiHarness";
import { skippingWaits } from "../../support/clock";
import { user } from "../../support/ids";

describe("Client", () => {
  const ctx = apiHarness();

  describe("after a failure that may pass", () => {
    for (const method of ["GET", "POST", "DELETE"] as const) {
      const call = () =>
        ({
          GET: () => ctx.api().list("on_call"),
          POST: () => ctx.api().assign("on_call", [user(1)]),
          DELETE: () => ctx.api().unassign("on_call", [user(1)]),
        })[method]();

      it(`repeats a ${method}: 500, then a dropped connection, then success`, async () => {
        ctx.simulator.faults.add({ method, status: 500 });
        ctx.simulator.faults.add({ method, instead: "drop" });
        await skippingWaits(call);
        expect(ctx.simulator.count(method)).to.equal(3);
      });
    }

    it("gives up after five attempts, as unclear", async () => {
      ctx.simulator.faults.add({ status: 502, body: "<h1>upstream gone</h1>", times: 9 });
      const { error } = await failureAfterWaits(() => ctx.api().assign("on_call", [user(1)]));
      expect(error).to.include({ outcome: "unclear", status: 502 });
      expect(error.message).to.match(
        /responded with 502 Bad Gateway: upstream gone \(5 attempts in \d+ s\)\./,
      );
      expect(ctx.simulator.count("POST")).to.equal(5);
    });

    for (const status of [500, 408, 425]) {
      it(`gives up as unclear after a plain ${status} too`, async () => {
        ctx.simulator.faults.add({ status, times: 9 });
        const { error } = await failureAfterWaits(() => ctx.api().assign("on_call", [user(1)]));
        expect(error).to.include({ outcome: "unclear", status });
        expect(error.message).to.include("5 attempts");
      });
    }

    it("does not wait for longer than the retry budget", async () => {
      ctx.simulator.faults.add({ status: 503, headers: { "retry-after": "1000" } });
      const waited = await skippingWaits(() => failure(ctx.api().list("on_call")));
      expect(waited).to.equal(0);
      expect(ctx.simulator.count()).to.equal(1);
    });

    it("names the network error when nobody listens, and is not in doubt", async () => {
      const api = ctx.api({ apiUrl: "http://127.0.0.1:1" });
      const { error } = await failureAfterWaits(() => api.assign("on_call", [user(1)]));
      expect(error.message).to.include("was not reached: ECONNREFUSED (5 attempts");
      expect(error.outcome).to.equal("unsent");
    });

    it("is in doubt when there is no connection for the retry of a write that was lost", async () => {
      // Nobody listens any more when the only request is in.
      ctx.simulator.onRequest = () => void ctx.simulator.stop();
      const { error } = await failureAfterWaits(() => ctx.api().assign("on_call", [user(1)]));
      expect(error.message).to.include("was not reached: ECONNREFUSED (5 attempts");
      expect(error.outcome).to.equal("unclear");
    });

    for (const [status, fault] of [
      [429, { status: 429, headers: { "x-ratelimit-reset": "3600" } }],
      [409, undefined],
    ] as const) {
      it(`is in doubt when the retry of a write is refused with ${status}`, async () => {
        ctx.simulator.behaviour.assignHeld = 409;
        ctx.simulator.faults.add({ method: "POST", status: 502, afterEffect: true });
        if (fault) ctx.simulator.faults.add(fault);
        const { error } = await failureAfterWaits(() => ctx.api().assign("on_call", [user(1)]));
        expect(error).to.include({ outcome: "unclear", status });
      });
    }

    it("is never in doubt of a listing", async () => {
      ctx.simulator.faults.add({ method: "GET", status: 502 });
      ctx.simulator.faults.add({ method: "GET", status: 403 });
      await skippingWaits(async () => {
        expect((await failure(ctx.api().list("on_call"))).outcome).to.equal("forbidden");
      });
    });

    it("waits as long as retry-after says, and reports it", async () => {
      ctx.simulator.faults.add({ status: 503, headers: { "retry-after": "20" } });
      const waited = await skippingWaits(() => ctx.api().list("on_call"));
      expect(waited).to.equal(20_000);
      expect(ctx.waits).to.deep.equal([
        `${new URL(ctx.simulator.url).host} responded with 503; trying again in 20 s (to list the on_call seats)`,
      ]);
    });

    it("may wait for longer than one attempt may take", async () => {
      ctx.simulator.faults.add({ status: 503, headers: { "retry-after": "2" } });
      const api = ctx.api({ requestTimeoutMs: 1000 });
      expect(await skippingWaits(() => api.list("on_call"))).to.equal(2000);
      expect(ctx.waits, "for so short a wait").to.deep.equal([]);
    });

    it("cuts off an attempt that hangs, and repeats it", async () => {
      ctx.simulator.faults.add({ instead: "hang" });
      const holders = ctx.api({ requestTimeoutMs: 1000 }).list("on_call");
      expect((await holders).size).to.equal(0);
      expect(ctx.simulator.count("GET")).to.equal(2);
    });

    it("ends a call with its retry budget, even in the middle of an attempt", async () => {
      ctx.simulator.faults.add({ instead: "hang" });
      const error = await failure(
        ctx.api({ requestTimeoutMs: 60_000, maxWaitMs: 50 }).list("on_call"),
      );
      expect(error.outcome).to.equal("unclear");
    });

    it("says within what time there was no response", async () => {
      ctx.simulator.faults.add({ instead: "hang", times: 9 });
      const error = await failure(
        ctx.api({ requestTimeoutMs: 50, maxWaitMs: 100 }).list("on_call"),
      );
      expect(error.message).to.match(
        /did not respond: timed out \(one attempt, \d s\)\. Check the network/,
      );
    });
  });
});
