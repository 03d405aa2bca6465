import { expect } from "chai";
import sinon from "sinon";
import type { Connection } from "../../../provider/src/api/configuration";
import type { SeatsApiError } from "../../../provider/src/api/errors";
import { SeatsApi } from "../../../provider/src/api/seats";
import { Simulator } from "../../../simulator/src";
import { skippingWaits } from "../../support/clock";
import { connectionTo } from "../../support/connection";
import { user, users } from "../../support/ids";
import { rejection } from "../../support/rejection";

describe("SeatsApi, put off or not answered", () => {
  let simulator: Simulator;
  let said: string[];
  const api = (changes: Partial<Connection> = {}) =>
    new SeatsApi(connectionTo(simulator, changes), { onWait: (line) => said.push(line) });
  const failure = async (promise: Promise<unknown>) => (await rejection(promise)) as SeatsApiError;

  beforeEach(async () => {
    said = [];
    simulator = await Simulator.start();
    for (const id of users(10)) simulator.org.addUser(id);
    simulator.org.product("on_call");
  });
  afterEach(() => simulator.stop());

  describe("a rate limit", () => {
    it("is waited for as long as the answer says, and told once for all calls", async () => {
      const headers = { "x-ratelimit-reset": "42" };
      // Each of the three is told to wait, a little later than the one before.
      simulator.faults.add({ status: 429, headers, times: 3 });
      const client = api();
      expect(client.limited).to.equal(false);
      const waited = await skippingWaits(async () => {
        await Promise.all([1, 2, 3].map((n) => client.assign("on_call", [user(n)])));
      });
      expect(waited).to.be.within(42_000, 43_000);
      expect(client.limited).to.equal(true);
      expect(
        said.filter((line) => /rate limit is used up; waiting 42 s/.test(line)),
      ).to.have.length(1);
      expect(simulator.org.holders("on_call")).to.deep.equal(users(3));
    });

    it("is not overrun: the last request of a window makes the next one wait", async () => {
      simulator.behaviour.rateLimit = { limit: 2, periodSeconds: 10 };
      const client = api();
      await skippingWaits(async () => {
        for (const id of users(6)) await client.assign("on_call", [id]);
      });
      expect(simulator.org.holders("on_call")).to.deep.equal(users(6));
      expect(simulator.requests.filter(({ status }) => status === 429)).to.deep.equal([]);
    });

    it("that lasts longer than the patience of a call ends it at once", async () => {
      simulator.faults.add({ status: 429, headers: { "x-ratelimit-reset": "3600" }, times: 9 });
      let error: SeatsApiError | undefined;
      const waited = await skippingWaits(async () => {
        error = await failure(api().assign("on_call", [user(1)]));
      });
      expect(waited).to.equal(0);
      expect(error?.outcome).to.equal("limited");
      expect(error?.message).to.include("datadogSeats:maxWaitSeconds (900)");

      const names = { site: "DD_SITE", apiUrl: "DD_HOST" };
      error = await failure(api({ names }).assign("on_call", [user(1)]));
      expect(error.message).to.include("the 900 s that a call may take");
    });

    it("that another call has met leaves a doubtful call in doubt", async () => {
      simulator.faults.add({ method: "POST", status: 503, headers: { "retry-after": "20" } });
      const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "3600" };
      simulator.faults.add({ method: "GET", status: 200, headers, body: { data: [] } });
      const client = api();
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
      simulator.faults.add({ status: 429, headers: { "x-ratelimit-reset": "1" }, times: 99 });
      let error: SeatsApiError | undefined;
      const waited = await skippingWaits(async () => {
        error = await failure(api({ maxWaitMs: 20_000 }).assign("on_call", [user(1)]));
      });
      expect(waited).to.equal(19_000);
      expect(error?.outcome).to.equal("limited");
    });

    it("that asks for no wait, or hardly any, is not hammered", async () => {
      for (const reset of ["0", "0.001", "0.499"]) {
        simulator.faults.add({ status: 429, headers: { "x-ratelimit-reset": reset }, times: 3 });
        const waited = await skippingWaits(() => api().assign("on_call", [user(1)]));
        expect(waited, reset).to.be.within(1700, 3600);
      }
    });

    it("that ends a call before it is sent shows no stack", async () => {
      const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "3600" };
      simulator.faults.add({ status: 200, headers, body: { data: [] } });
      const client = api();
      await client.list("on_call");
      const error = await failure(client.list("on_call"));
      expect(error.message).to.include("is used up for another 3600 s");
      expect(error.outcome).to.equal("limited");
      expect(error.stack).to.equal("");
    });

    it("without a header is tried again, ever more slowly", async () => {
      simulator.faults.add({ status: 429, times: 3 });
      const waited = await skippingWaits(() => api().assign("on_call", [user(1)]));
      expect(waited).to.be.within(1700, 3600);
      expect(simulator.count("POST")).to.equal(4);
    });
  });

  describe("a failure that may pass", () => {
    for (const method of ["GET", "POST", "DELETE"] as const) {
      const call = () =>
        ({
          GET: () => api().list("on_call"),
          POST: () => api().assign("on_call", [user(1)]),
          DELETE: () => api().unassign("on_call", [user(1)]),
        })[method]();

      it(`is overcome by repeating a ${method}: 500, then a dropped connection, then well`, async () => {
        simulator.faults.add({ method, status: 500 });
        simulator.faults.add({ method, instead: "drop" });
        await skippingWaits(call);
        expect(simulator.count(method)).to.equal(3);
      });
    }

    it("is given up after five attempts, and counts as unclear", async () => {
      simulator.faults.add({ status: 502, body: "<h1>upstream gone</h1>", times: 9 });
      let error: SeatsApiError | undefined;
      await skippingWaits(async () => {
        error = await failure(api().assign("on_call", [user(1)]));
      });
      expect(error).to.include({ outcome: "unclear", status: 502 });
      expect(error?.message).to.match(
        /answered 502 Bad Gateway: upstream gone \(5 attempts in \d+ s\)\./,
      );
      expect(simulator.count("POST")).to.equal(5);
    });

    it("is unclear even as a plain 500", async () => {
      simulator.faults.add({ status: 500, times: 9 });
      await skippingWaits(async () => {
        const error = await failure(api().assign("on_call", [user(1)]));
        expect(error).to.include({ outcome: "unclear", status: 500 });
        expect(error.message).to.include("5 attempts");
      });
    });

    it("is not waited for when that would take longer than the patience", async () => {
      simulator.faults.add({ status: 503, headers: { "retry-after": "1000" } });
      const waited = await skippingWaits(() => failure(api().list("on_call")));
      expect(waited).to.equal(0);
      expect(simulator.count()).to.equal(1);
    });

    it("is told by its cause when nobody listens", async () => {
      await skippingWaits(async () => {
        const error = await failure(api({ apiUrl: "http://127.0.0.1:1" }).list("on_call"));
        expect(error.message).to.include("did not answer: ECONNREFUSED (5 attempts");
      });
    });

    it("leaves doubt behind: a rate limit after it is unclear too", async () => {
      simulator.faults.add({ method: "POST", status: 502, afterEffect: true });
      simulator.faults.add({ status: 429, headers: { "x-ratelimit-reset": "3600" } });
      await skippingWaits(async () => {
        const error = await failure(api().assign("on_call", [user(1)]));
        expect(error).to.include({ outcome: "unclear", status: 429 });
      });
    });

    it("leaves doubt behind: a refusal after it is unclear too", async () => {
      simulator.behaviour.assignHeld = 409;
      simulator.faults.add({ method: "POST", status: 502, afterEffect: true });
      let error: SeatsApiError | undefined;
      await skippingWaits(async () => {
        error = await failure(api().assign("on_call", [user(1)]));
      });
      expect(error).to.include({ outcome: "unclear", status: 409 });
    });

    it("is waited for as long as retry-after says", async () => {
      simulator.faults.add({ status: 503, headers: { "retry-after": "20" } });
      const waited = await skippingWaits(() => api().list("on_call"));
      expect(waited).to.equal(20_000);
      expect(said).to.deep.equal([
        `${new URL(simulator.url).host} answered 503; trying again in 20 s (to list the seats of on_call)`,
      ]);
    });

    it("is waited for longer than one attempt may take", async () => {
      simulator.faults.add({ status: 503, headers: { "retry-after": "0.4" } });
      const began = Date.now();
      await api({ requestTimeoutMs: 100 }).list("on_call");
      expect(said, "for so short a wait").to.deep.equal([]);
      expect(Date.now() - began).to.be.at.least(395);
    });

    it("may be silence: an attempt that hangs is cut off and repeated", async () => {
      simulator.faults.add({ instead: "hang" });
      const holders = api({ requestTimeoutMs: 100 }).list("on_call");
      expect((await holders).size).to.equal(0);
      expect(simulator.count("GET")).to.equal(2);
    });

    it("ends with the patience of the call, even in the middle of an attempt", async () => {
      simulator.faults.add({ instead: "hang" });
      const error = await failure(api({ requestTimeoutMs: 60_000, maxWaitMs: 50 }).list("on_call"));
      expect(error.outcome).to.equal("unclear");
    });

    it("is told as silence when it lasts", async () => {
      simulator.faults.add({ instead: "hang", times: 9 });
      const error = await failure(api({ requestTimeoutMs: 50, maxWaitMs: 100 }).list("on_call"));
      expect(error.message).to.match(
        /did not answer: not within 0.05 s \(one attempt, 0 s\)\. Check the network/,
      );
    });
  });
});
