import { expect } from "chai";
import type { Connection } from "../../../provider/src/api/configuration";
import type { SeatsApiError } from "../../../provider/src/api/errors";
import { SeatsApi } from "../../../provider/src/api/seats";
import { Simulator } from "../../../simulator/src";
import { skippingWaits } from "../../support/clock";
import { connectionTo } from "../../support/connection";
import { user, users } from "../../support/ids";
import { rejection } from "../../support/rejection";

describe("SeatsApi", () => {
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

  describe("list", () => {
    it("reads every page, whatever characters the cursors hold", async () => {
      for (const id of users(7)) simulator.org.claim("on_call", id);
      const holders = await api({ pageSize: 3 }).list("on_call");
      expect([...holders.keys()]).to.deep.equal(users(7));
      expect(holders.get(user(7))).to.include({ email: "user-00000000@example.com" });
      expect(simulator.count("GET")).to.equal(3);
      expect(simulator.requests[0]?.url).to.equal(
        "/api/v2/seats/users?product_code=on_call&page%5Blimit%5D=3",
      );
    });

    it("finds nobody in a product without seats, which is answered without meta", async () => {
      expect((await api().list("on_call")).size).to.equal(0);
    });

    it("fails when a page fails for good, instead of leaving its users out", async () => {
      for (const id of users(7)) simulator.org.claim("on_call", id);
      simulator.faults.add({ method: "GET", page: 2, status: 400, body: { errors: ["no"] } });
      const error = await failure(api({ pageSize: 3 }).list("on_call"));
      expect(error.message).to.equal(
        `Could not list the seats of on_call: ${new URL(simulator.url).host} answered 400 Bad Request: no.`,
      );
      expect(error.stack).to.equal("");
    });

    it("refuses pages that go round in a circle", async () => {
      const meta = { next_cursor: "again" };
      simulator.faults.add({ method: "GET", times: 9, status: 200, body: { data: [], meta } });
      const error = await failure(api().list("on_call"));
      expect(error.message).to.include("page 2 leads back to an earlier one");
      expect(simulator.count("GET")).to.equal(2);
    });

    it("names the org where the program does, with the settings that are its own", async () => {
      const names = { site: "the.site", apiUrl: "the.url" };
      simulator.faults.add({ method: "GET", status: 403 });
      const refused = await failure(api({ org: "eu", names }).list("on_call"));
      expect(refused.message).to.include("list the seats of on_call in org eu:");
      expect(refused.message).to.include("the.site selects another");
    });

    it("refuses an answer that is no list", async () => {
      simulator.faults.add({
        method: "GET",
        status: 200,
        body: "<html>Welcome to the proxy</html>",
      });
      const error = await failure(api().list("on_call"));
      expect(error.message).to.match(/answered, but not with a list of seats\.$/);
    });
  });

  describe("assign and unassign", () => {
    it("send the documented body", async () => {
      const { assigned, inDoubt } = await api().assign("on_call", users(2));
      expect([...assigned]).to.deep.equal(users(2));
      expect(inDoubt).to.equal(false);
      await api().unassign("on_call", [user(1)]);
      expect(simulator.org.holders("on_call")).to.deep.equal([user(2)]);
      expect(simulator.requests.map(({ method, userIds }) => [method, userIds])).to.deep.equal([
        ["POST", users(2)],
        ["DELETE", [user(1)]],
      ]);
    });

    it("are doubtful about a 201 that names nobody", async () => {
      simulator.faults.add({ method: "POST", status: 201, body: { data: {} } });
      const error = await failure(api().assign("on_call", [user(1)]));
      expect(error.outcome).to.equal("unclear");
    });

    it("pass Datadog's words on", async () => {
      simulator.org.product("on_call").capacity = 0;
      const error = await failure(api().assign("on_call", [user(1)]));
      expect(error.message).to.match(
        /^Could not assign a seat of on_call to user 0{8}-.* answered 422 Unprocessable Entity: no seats left for on_call: the plan has 0\.$/,
      );
      expect(error).to.include({ outcome: "refused", status: 422 });
    });
  });

  describe("keys that are refused", () => {
    it("name the permissions, any one of which serves, and the site", async () => {
      simulator.keys.permissions = [];
      const error = await failure(api().assign("on_call", [user(1)]));
      expect(error.outcome).to.equal("forbidden");
      expect(error.message).to.include("answered 403: Forbidden.");
      expect(error.message).to.include("billing_edit, incident_write, on_call_write");
      expect(error.message).to.include("datadog:site");
      expect(simulator.count()).to.equal(1);
    });

    it("are never shown, even if a server echoes them", async () => {
      simulator.keys.apiKey = "another";
      const wrong = api({ apiKey: "wrong-key" });
      simulator.faults.add({ status: 403, body: { errors: ["bad key wrong-key"] } });
      const error = await failure(wrong.list("on_call"));
      expect(error.message).to.include("bad key [redacted]");
      expect(JSON.stringify(error)).to.not.include("wrong-key");
    });

    it("do not follow a redirect", async () => {
      const elsewhere = await Simulator.start();
      try {
        const headers = { location: `${elsewhere.url}/api/v2/seats/users` };
        simulator.faults.add({ status: 307, headers });
        const error = await failure(api().assign("on_call", [user(1)]));
        expect(error.message).to.include(`a redirect to ${new URL(elsewhere.url).host}`);
        expect(elsewhere.count()).to.equal(0);
      } finally {
        await elsewhere.stop();
      }
    });
  });

  describe("a rate limit", () => {
    it("is waited for as long as the answer says, and told once for all calls", async () => {
      const headers = { "x-ratelimit-reset": "42" };
      // Each of the three is told to wait, a little later than the one before.
      simulator.faults.add({ status: 429, headers, times: 3 });
      const client = api();
      const waited = await skippingWaits(async () => {
        await Promise.all([1, 2, 3].map((n) => client.assign("on_call", [user(n)])));
      });
      expect(waited).to.be.within(42_000, 43_000);
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

      it(`is overcome by repeating a ${method}: 503, then a dropped connection, then well`, async () => {
        simulator.faults.add({ method, status: 503 });
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

  it("does not read an answer of absurd length to its end", async () => {
    simulator.faults.add({ status: 200, body: "x".repeat(17 * 1024 * 1024), times: 9 });
    const error = await failure(api().list("on_call"));
    expect(error.message).to.include("was too long to be a list of seats");
    expect(simulator.count("GET")).to.equal(1);
  });
});
