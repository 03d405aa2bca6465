import { expect } from "chai";
import type { SeatsApiError } from "../../../provider/src/api/errors";
import { apiHarness, failure } from "../../support/apiHarness";
import { skippingWaits, stopClock } from "../../support/clock";
import { connectionTo } from "../../support/connection";
import { user, users } from "../../support/ids";

describe("Client", () => {
  const ctx = apiHarness();

  describe("under a rate limit", () => {
    it("waits as long as the response says, and reports it once for all calls", async () => {
      const headers = { "x-ratelimit-reset": "42" };
      // Each of the three gets its 429 a little later than the one before.
      ctx.simulator.faults.add({ status: 429, headers, times: 3 });
      const client = ctx.api();
      expect(client.limited).to.equal(false);
      const waited = await skippingWaits(async () => {
        await Promise.all([1, 2, 3].map((n) => client.assign("on_call", [user(n)])));
      }, 3);
      expect(waited).to.be.within(42_000, 43_000);
      expect(client.limited).to.equal(true);
      expect(
        ctx.waits.filter((line) => /rate limit is used up; waiting 42 s/.test(line)),
      ).to.have.length(1);
      expect(ctx.simulator.org.holders("on_call")).to.deep.equal(users(3));
    });

    it("waits as long as the response says though the wall clock is set back or forward meanwhile", async () => {
      for (const hours of [-1, 1]) {
        const client = ctx.api();
        const headers = { "x-ratelimit-reset": "42" };
        ctx.simulator.faults.add({ status: 429, headers });
        const clock = stopClock();
        try {
          const began = performance.now();
          const assigning = client.assign("on_call", [user(1)]);
          while (clock.countTimers() === 0) await new Promise(setImmediate);
          clock.setSystemTime(Date.now() + hours * 3_600_000);
          while (clock.countTimers() > 0) await clock.nextAsync();
          await assigning;
          expect(performance.now() - began, `${hours} h`).to.equal(42_000);
        } finally {
          clock.restore();
        }
      }
    });

    it("waits after the last request of a window, so that no request is refused", async () => {
      ctx.simulator.behaviour.rateLimit = { limit: 2, periodSeconds: 10 };
      const client = ctx.api();
      await skippingWaits(async () => {
        for (const id of users(6)) await client.assign("on_call", [id]);
      });
      expect(ctx.simulator.org.holders("on_call")).to.deep.equal(users(6));
      expect(ctx.simulator.requests.filter(({ status }) => status === 429)).to.deep.equal([]);
    });

    it("fails at once when the limit lasts longer than the retry budget, and names the setting", async () => {
      ctx.simulator.faults.add({ status: 429, headers: { "x-ratelimit-reset": "3600" }, times: 9 });
      let error: SeatsApiError | undefined;
      const waited = await skippingWaits(async () => {
        error = await failure(ctx.api().assign("on_call", [user(1)]));
      });
      expect(waited).to.equal(0);
      expect(error?.outcome).to.equal("limited");
      expect(error?.message).to.include("datadogSeats:maxWaitSeconds (900)");

      const { maxWait: _, ...names } = connectionTo(ctx.simulator).names;
      error = await failure(ctx.api({ names }).assign("on_call", [user(1)]));
      expect(error.message).to.include("the 900 s that a call may take");
    });

    it("leaves a write in doubt when the limit that stops its retry was reported to another call", async () => {
      ctx.simulator.faults.add({ method: "POST", status: 503, headers: { "retry-after": "20" } });
      const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "3600" };
      ctx.simulator.faults.add({ method: "GET", status: 200, headers, body: { data: [] } });
      const client = ctx.api();
      const clock = stopClock();
      let error: SeatsApiError | undefined;
      try {
        const assigning = failure(client.assign("on_call", [user(1)]));
        while (clock.countTimers() === 0) await new Promise(setImmediate);
        await client.list("on_call");
        await clock.nextAsync();
        error = await assigning;
      } finally {
        clock.restore();
      }
      expect(error?.outcome).to.equal("unclear");
    });

    it("fails as limited, not in doubt, when the limit lasts as long as the retry budget", async () => {
      ctx.simulator.faults.add({ status: 429, headers: { "x-ratelimit-reset": "1" }, times: 99 });
      let error: SeatsApiError | undefined;
      const waited = await skippingWaits(async () => {
        error = await failure(ctx.api({ maxWaitMs: 20_000 }).assign("on_call", [user(1)]));
      });
      expect(waited).to.equal(19_000);
      expect(error?.outcome).to.equal("limited");
    });

    it("backs off when a 429 asks for no wait or hardly any", async () => {
      for (const reset of ["0", "0.001", "0.499"]) {
        ctx.simulator.faults.add({
          status: 429,
          headers: { "x-ratelimit-reset": reset },
          times: 3,
        });
        const waited = await skippingWaits(() => ctx.api().assign("on_call", [user(1)]));
        expect(waited, reset).to.be.within(1700, 3600);
      }
    });

    it("fails without a stack when the limit ends a call before it is sent", async () => {
      const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "3600" };
      ctx.simulator.faults.add({ status: 200, headers, body: { data: [] } });
      const client = ctx.api();
      await client.list("on_call");
      const error = await failure(client.list("on_call"));
      expect(error.message).to.include("is used up for another 3600 s");
      expect(error.outcome).to.equal("limited");
      expect(error.stack).to.equal("");
    });

    it("backs off when a 429 has no header", async () => {
      ctx.simulator.faults.add({ status: 429, times: 3 });
      const waited = await skippingWaits(() => ctx.api().assign("on_call", [user(1)]));
      expect(waited).to.be.within(1700, 3600);
      expect(ctx.simulator.count("POST")).to.equal(4);
    });
  });

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
      let error: SeatsApiError | undefined;
      await skippingWaits(async () => {
        error = await failure(ctx.api().assign("on_call", [user(1)]));
      });
      expect(error).to.include({ outcome: "unclear", status: 502 });
      expect(error?.message).to.match(
        /responded with 502 Bad Gateway: upstream gone \(5 attempts in \d+ s\)\./,
      );
      expect(ctx.simulator.count("POST")).to.equal(5);
    });

    for (const status of [500, 408, 425]) {
      it(`gives up as unclear after a plain ${status} too`, async () => {
        ctx.simulator.faults.add({ status, times: 9 });
        await skippingWaits(async () => {
          const error = await failure(ctx.api().assign("on_call", [user(1)]));
          expect(error).to.include({ outcome: "unclear", status });
          expect(error.message).to.include("5 attempts");
        });
      });
    }

    it("does not wait for longer than the retry budget", async () => {
      ctx.simulator.faults.add({ status: 503, headers: { "retry-after": "1000" } });
      const waited = await skippingWaits(() => failure(ctx.api().list("on_call")));
      expect(waited).to.equal(0);
      expect(ctx.simulator.count()).to.equal(1);
    });

    it("names the network error when nobody listens", async () => {
      await skippingWaits(async () => {
        const error = await failure(ctx.api({ apiUrl: "http://127.0.0.1:1" }).list("on_call"));
        expect(error.message).to.include("did not respond: ECONNREFUSED (5 attempts");
      });
    });

    it("is in doubt when a rate limit refuses the retry of a write", async () => {
      ctx.simulator.faults.add({ method: "POST", status: 502, afterEffect: true });
      ctx.simulator.faults.add({ status: 429, headers: { "x-ratelimit-reset": "3600" } });
      await skippingWaits(async () => {
        const error = await failure(ctx.api().assign("on_call", [user(1)]));
        expect(error).to.include({ outcome: "unclear", status: 429 });
      });
    });

    it("is in doubt when Datadog refuses the retry of a write", async () => {
      ctx.simulator.behaviour.assignHeld = 409;
      ctx.simulator.faults.add({ method: "POST", status: 502, afterEffect: true });
      let error: SeatsApiError | undefined;
      await skippingWaits(async () => {
        error = await failure(ctx.api().assign("on_call", [user(1)]));
      });
      expect(error).to.include({ outcome: "unclear", status: 409 });
    });

    it("waits as long as retry-after says, and reports it", async () => {
      ctx.simulator.faults.add({ status: 503, headers: { "retry-after": "20" } });
      const waited = await skippingWaits(() => ctx.api().list("on_call"));
      expect(waited).to.equal(20_000);
      expect(ctx.waits).to.deep.equal([
        `${new URL(ctx.simulator.url).host} responded with 503; trying again in 20 s (to list the seats of on_call)`,
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
        /did not respond: not within 0.05 s \(one attempt, \d s\)\. Check the network/,
      );
    });
  });
});
