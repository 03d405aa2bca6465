import { expect } from "chai";
import type { SeatsApiError } from "../../../provider/src/api/errors";
import { apiHarness, failure, failureAfterWaits } from "../../support/apiHarness";
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
      const { error, waited } = await failureAfterWaits(() =>
        ctx.api().assign("on_call", [user(1)]),
      );
      expect(waited).to.equal(0);
      expect(error.outcome).to.equal("limited");
      expect(error.message).to.include("datadogSeats:maxWaitSeconds (900)");

      const { maxWait: _, ...names } = connectionTo(ctx.simulator).names;
      const unnamed = await failure(ctx.api({ names }).assign("on_call", [user(1)]));
      expect(unnamed.message).to.include("the 900 s that a call may take");
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
      expect(error.outcome).to.equal("unclear");
    });

    it("fails as limited, not in doubt, when the limit lasts as long as the retry budget", async () => {
      ctx.simulator.faults.add({ status: 429, headers: { "x-ratelimit-reset": "1" }, times: 99 });
      const { error, waited } = await failureAfterWaits(() =>
        ctx.api({ maxWaitMs: 20_000 }).assign("on_call", [user(1)]),
      );
      expect(waited).to.equal(19_000);
      expect(error.outcome).to.equal("limited");
    });

    it("backs off when a 429 asks for no wait or hardly any, or has no header", async () => {
      for (const reset of ["0", "0.001", "0.499", undefined]) {
        ctx.simulator.clearRequests();
        const headers = reset === undefined ? {} : { "x-ratelimit-reset": reset };
        ctx.simulator.faults.add({ status: 429, headers, times: 3 });
        const waited = await skippingWaits(() => ctx.api().assign("on_call", [user(1)]));
        expect(waited, reset).to.be.within(1700, 3600);
        expect(ctx.simulator.count("POST")).to.equal(4);
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
  });
});
