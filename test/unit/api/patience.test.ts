import { expect } from "chai";
import sinon from "sinon";
import type { SeatsApiError } from "../../../provider/src/api/errors";
import { apiStage, failure } from "../../support/apiStage";
import { skippingWaits } from "../../support/clock";
import { user, users } from "../../support/ids";

describe("SeatsApi, put off or not answered", () => {
  const on = apiStage();

  describe("a rate limit", () => {
    it("is waited for as long as the answer says, and told once for all calls", async () => {
      const headers = { "x-ratelimit-reset": "42" };
      // Each of the three is told to wait, a little later than the one before.
      on.simulator.faults.add({ status: 429, headers, times: 3 });
      const client = on.api();
      expect(client.limited).to.equal(false);
      const waited = await skippingWaits(async () => {
        await Promise.all([1, 2, 3].map((n) => client.assign("on_call", [user(n)])));
      }, 3);
      expect(waited).to.be.within(42_000, 43_000);
      expect(client.limited).to.equal(true);
      expect(
        on.said.filter((line) => /rate limit is used up; waiting 42 s/.test(line)),
      ).to.have.length(1);
      expect(on.simulator.org.holders("on_call")).to.deep.equal(users(3));
    });

    it("is not overrun: the last request of a window makes the next one wait", async () => {
      on.simulator.behaviour.rateLimit = { limit: 2, periodSeconds: 10 };
      const client = on.api();
      await skippingWaits(async () => {
        for (const id of users(6)) await client.assign("on_call", [id]);
      });
      expect(on.simulator.org.holders("on_call")).to.deep.equal(users(6));
      expect(on.simulator.requests.filter(({ status }) => status === 429)).to.deep.equal([]);
    });

    it("that lasts longer than the patience of a call ends it at once", async () => {
      on.simulator.faults.add({ status: 429, headers: { "x-ratelimit-reset": "3600" }, times: 9 });
      let error: SeatsApiError | undefined;
      const waited = await skippingWaits(async () => {
        error = await failure(on.api().assign("on_call", [user(1)]));
      });
      expect(waited).to.equal(0);
      expect(error?.outcome).to.equal("limited");
      expect(error?.message).to.include("datadogSeats:maxWaitSeconds (900)");

      const names = { site: "DD_SITE", apiUrl: "DD_HOST" };
      error = await failure(on.api({ names }).assign("on_call", [user(1)]));
      expect(error.message).to.include("the 900 s that a call may take");
    });

    it("that another call has met leaves a doubtful call in doubt", async () => {
      on.simulator.faults.add({ method: "POST", status: 503, headers: { "retry-after": "20" } });
      const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "3600" };
      on.simulator.faults.add({ method: "GET", status: 200, headers, body: { data: [] } });
      const client = on.api();
      const clock = sinon.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
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

    it("that lasts as long as the patience is a limit to the end, not a doubt", async () => {
      on.simulator.faults.add({ status: 429, headers: { "x-ratelimit-reset": "1" }, times: 99 });
      let error: SeatsApiError | undefined;
      const waited = await skippingWaits(async () => {
        error = await failure(on.api({ maxWaitMs: 20_000 }).assign("on_call", [user(1)]));
      });
      expect(waited).to.equal(19_000);
      expect(error?.outcome).to.equal("limited");
    });

    it("that asks for no wait, or hardly any, is not hammered", async () => {
      for (const reset of ["0", "0.001", "0.499"]) {
        on.simulator.faults.add({ status: 429, headers: { "x-ratelimit-reset": reset }, times: 3 });
        const waited = await skippingWaits(() => on.api().assign("on_call", [user(1)]));
        expect(waited, reset).to.be.within(1700, 3600);
      }
    });

    it("that ends a call before it is sent shows no stack", async () => {
      const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "3600" };
      on.simulator.faults.add({ status: 200, headers, body: { data: [] } });
      const client = on.api();
      await client.list("on_call");
      const error = await failure(client.list("on_call"));
      expect(error.message).to.include("is used up for another 3600 s");
      expect(error.outcome).to.equal("limited");
      expect(error.stack).to.equal("");
    });

    it("without a header is tried again, ever more slowly", async () => {
      on.simulator.faults.add({ status: 429, times: 3 });
      const waited = await skippingWaits(() => on.api().assign("on_call", [user(1)]));
      expect(waited).to.be.within(1700, 3600);
      expect(on.simulator.count("POST")).to.equal(4);
    });
  });

  describe("a failure that may pass", () => {
    for (const method of ["GET", "POST", "DELETE"] as const) {
      const call = () =>
        ({
          GET: () => on.api().list("on_call"),
          POST: () => on.api().assign("on_call", [user(1)]),
          DELETE: () => on.api().unassign("on_call", [user(1)]),
        })[method]();

      it(`is overcome by repeating a ${method}: 500, then a dropped connection, then well`, async () => {
        on.simulator.faults.add({ method, status: 500 });
        on.simulator.faults.add({ method, instead: "drop" });
        await skippingWaits(call);
        expect(on.simulator.count(method)).to.equal(3);
      });
    }

    it("is given up after five attempts, and counts as unclear", async () => {
      on.simulator.faults.add({ status: 502, body: "<h1>upstream gone</h1>", times: 9 });
      let error: SeatsApiError | undefined;
      await skippingWaits(async () => {
        error = await failure(on.api().assign("on_call", [user(1)]));
      });
      expect(error).to.include({ outcome: "unclear", status: 502 });
      expect(error?.message).to.match(
        /answered 502 Bad Gateway: upstream gone \(5 attempts in \d+ s\)\./,
      );
      expect(on.simulator.count("POST")).to.equal(5);
    });

    it("is unclear even as a plain 500", async () => {
      on.simulator.faults.add({ status: 500, times: 9 });
      await skippingWaits(async () => {
        const error = await failure(on.api().assign("on_call", [user(1)]));
        expect(error).to.include({ outcome: "unclear", status: 500 });
        expect(error.message).to.include("5 attempts");
      });
    });

    it("is not waited for when that would take longer than the patience", async () => {
      on.simulator.faults.add({ status: 503, headers: { "retry-after": "1000" } });
      const waited = await skippingWaits(() => failure(on.api().list("on_call")));
      expect(waited).to.equal(0);
      expect(on.simulator.count()).to.equal(1);
    });

    it("is told by its cause when nobody listens", async () => {
      await skippingWaits(async () => {
        const error = await failure(on.api({ apiUrl: "http://127.0.0.1:1" }).list("on_call"));
        expect(error.message).to.include("did not answer: ECONNREFUSED (5 attempts");
      });
    });

    it("leaves doubt behind: a rate limit after it is unclear too", async () => {
      on.simulator.faults.add({ method: "POST", status: 502, afterEffect: true });
      on.simulator.faults.add({ status: 429, headers: { "x-ratelimit-reset": "3600" } });
      await skippingWaits(async () => {
        const error = await failure(on.api().assign("on_call", [user(1)]));
        expect(error).to.include({ outcome: "unclear", status: 429 });
      });
    });

    it("leaves doubt behind: a refusal after it is unclear too", async () => {
      on.simulator.behaviour.assignHeld = 409;
      on.simulator.faults.add({ method: "POST", status: 502, afterEffect: true });
      let error: SeatsApiError | undefined;
      await skippingWaits(async () => {
        error = await failure(on.api().assign("on_call", [user(1)]));
      });
      expect(error).to.include({ outcome: "unclear", status: 409 });
    });

    it("is waited for as long as retry-after says", async () => {
      on.simulator.faults.add({ status: 503, headers: { "retry-after": "20" } });
      const waited = await skippingWaits(() => on.api().list("on_call"));
      expect(waited).to.equal(20_000);
      expect(on.said).to.deep.equal([
        `${new URL(on.simulator.url).host} answered 503; trying again in 20 s (to list the seats of on_call)`,
      ]);
    });

    it("is waited for longer than one attempt may take", async () => {
      on.simulator.faults.add({ status: 503, headers: { "retry-after": "1.5" } });
      const began = Date.now();
      await on.api({ requestTimeoutMs: 1000 }).list("on_call");
      expect(on.said, "for so short a wait").to.deep.equal([]);
      expect(Date.now() - began).to.be.at.least(1495);
    });

    it("may be silence: an attempt that hangs is cut off and repeated", async () => {
      on.simulator.faults.add({ instead: "hang" });
      const holders = on.api({ requestTimeoutMs: 1000 }).list("on_call");
      expect((await holders).size).to.equal(0);
      expect(on.simulator.count("GET")).to.equal(2);
    });

    it("ends with the patience of the call, even in the middle of an attempt", async () => {
      on.simulator.faults.add({ instead: "hang" });
      const error = await failure(
        on.api({ requestTimeoutMs: 60_000, maxWaitMs: 50 }).list("on_call"),
      );
      expect(error.outcome).to.equal("unclear");
    });

    it("is told as silence when it lasts", async () => {
      on.simulator.faults.add({ instead: "hang", times: 9 });
      const error = await failure(on.api({ requestTimeoutMs: 50, maxWaitMs: 100 }).list("on_call"));
      expect(error.message).to.match(
        /did not answer: not within 0.05 s \(one attempt, \d s\)\. Check the network/,
      );
    });
  });
});
