import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { SeatsApi } from "../../../provider/src/api/seats";
import { Simulator } from "../../../simulator/src";
import { apiStage, failure } from "../../support/apiStage";
import { connectionTo } from "../../support/connection";
import { user, users } from "../../support/ids";

describe("SeatsApi", () => {
  const on = apiStage();

  describe("list", () => {
    it("reads every page, whatever characters the cursors hold", async () => {
      for (const id of users(7)) on.simulator.org.claim("on_call", id);
      const holders = await on.api({ pageSize: 3 }).list("on_call");
      expect([...holders.keys()]).to.deep.equal(users(7));
      expect(holders.get(user(7))).to.include({ email: "user-00000000@example.com" });
      expect(on.simulator.count("GET")).to.equal(3);
      expect(on.simulator.requests[0]?.url).to.equal(
        "/api/v2/seats/users?product_code=on_call&page%5Blimit%5D=3",
      );
    });

    it("finds nobody in a product without seats, which is answered without meta", async () => {
      expect((await on.api().list("on_call")).size).to.equal(0);
    });

    it("fails when a page fails for good, instead of leaving its users out", async () => {
      for (const id of users(7)) on.simulator.org.claim("on_call", id);
      on.simulator.faults.add({ method: "GET", page: 2, status: 400, body: { errors: ["no"] } });
      const error = await failure(on.api({ pageSize: 3 }).list("on_call"));
      expect(error.message).to.equal(
        `Could not list the seats of on_call: ${new URL(on.simulator.url).host} answered 400 Bad Request: no.`,
      );
      expect(error.stack).to.equal("");
    });

    it("refuses pages that go round in a circle", async () => {
      const meta = { next_cursor: "again" };
      on.simulator.faults.add({ method: "GET", times: 9, status: 200, body: { data: [], meta } });
      const error = await failure(on.api().list("on_call"));
      expect(error.message).to.include("page 2 leads back to an earlier one");
      expect(on.simulator.count("GET")).to.equal(2);
    });

    it("names the org where the program does, with the settings that are its own", async () => {
      const names = { site: "the.site", apiUrl: "the.url" };
      on.simulator.faults.add({ method: "GET", status: 403 });
      const refused = await failure(on.api({ org: "eu", names }).list("on_call"));
      expect(refused.message).to.include("list the seats of on_call in org eu:");
      expect(refused.message).to.include("the.site selects another");
    });

    it("refuses an answer that is no list", async () => {
      on.simulator.faults.add({
        method: "GET",
        status: 200,
        body: "<html>Welcome to the proxy</html>",
      });
      const error = await failure(on.api().list("on_call"));
      expect(error.message).to.match(/answered, but not with a list of seats\.$/);
      expect(error.outcome).to.equal("unclear");
    });
  });

  describe("assign and unassign", () => {
    it("send the documented body", async () => {
      const { assigned, inDoubt } = await on.api().assign("on_call", users(2));
      expect([...assigned]).to.deep.equal(users(2));
      expect(inDoubt).to.equal(false);
      await on.api().unassign("on_call", [user(1)]);
      expect(on.simulator.org.holders("on_call")).to.deep.equal([user(2)]);
      expect(on.simulator.requests.map(({ method, userIds }) => [method, userIds])).to.deep.equal([
        ["POST", users(2)],
        ["DELETE", [user(1)]],
      ]);
    });

    it("are doubtful about a 201 that names nobody", async () => {
      on.simulator.faults.add({ method: "POST", status: 201, body: { data: {} } });
      const error = await failure(on.api().assign("on_call", [user(1)]));
      expect(error.outcome).to.equal("unclear");
    });

    it("pass Datadog's words on", async () => {
      on.simulator.org.product("on_call").capacity = 0;
      const error = await failure(on.api().assign("on_call", [user(1)]));
      expect(error.message).to.match(
        /^Could not assign a seat of on_call to user 0{8}-.* answered 422 Unprocessable Entity: no seats left for on_call: the plan has 0\.$/,
      );
      expect(error).to.include({ outcome: "refused", status: 422 });
      const ofMany = await failure(on.api().assign("on_call", users(2)));
      expect(ofMany.message).to.include("Could not assign seats of on_call to 2 users: ");
    });

    it("do not believe a removal that something else than the API says yes to", async () => {
      on.simulator.faults.add({ method: "DELETE", status: 200, body: "<h1>Welcome</h1>" });
      const error = await failure(on.api().unassign("on_call", [user(1)]));
      expect(error.message).to.include("answered, but with 200 instead of 204");
      expect(error.outcome).to.equal("unclear");
    });

    it("ask for leave before every attempt, as a listing need not", async () => {
      let asked = 0;
      const beforeWrite = async () => {
        asked += 1;
      };
      const client = new SeatsApi(connectionTo(on.simulator), { beforeWrite });
      await client.list("on_call");
      expect(asked).to.equal(0);
      on.simulator.faults.add({ status: 503, headers: { "retry-after": "0" } });
      await client.assign("on_call", [user(1)]);
      expect(asked).to.equal(2);
      await client.unassign("on_call", [user(1)]);
      expect(asked).to.equal(3);
    });
  });

  describe("keys that are refused", () => {
    it("name the permissions, any one of which serves, and the site", async () => {
      on.simulator.keys.permissions = [];
      const error = await failure(on.api().assign("on_call", [user(1)]));
      expect(error.outcome).to.equal("forbidden");
      expect(error.message).to.include("answered 403: Forbidden.");
      expect(error.message).to.include("billing_edit, incident_write, on_call_write");
      expect(error.message).to.include("datadog:site");
      expect(on.simulator.count()).to.equal(1);
    });

    for (const status of [401, 403]) {
      it(`are told as such when they are refused with ${status}, with the caller's hint`, async () => {
        on.simulator.faults.add({ status });
        const client = new SeatsApi(connectionTo(on.simulator), { keysHint: () => "The hint." });
        const error = await failure(client.list("on_call"));
        expect(error.outcome).to.equal("forbidden");
        expect(error.message).to.include("to see seats: billing_read, incident_read, on_call_read");
        expect(error.message).to.match(/The hint\.$/);
      });
    }

    it("are never shown, even if a server echoes them", async () => {
      on.simulator.keys.apiKey = "another";
      const wrong = on.api({ apiKey: "wrong-key" });
      on.simulator.faults.add({ status: 403, body: { errors: ["bad key wrong-key"] } });
      const error = await failure(wrong.list("on_call"));
      expect(error.message).to.include("bad key [redacted]");
      expect(JSON.stringify(error)).to.not.include("wrong-key");
    });

    it("do not follow a redirect", async () => {
      const elsewhere = await Simulator.start();
      try {
        const headers = { location: `${elsewhere.url}/api/v2/seats/users` };
        on.simulator.faults.add({ status: 307, headers });
        const error = await failure(on.api().assign("on_call", [user(1)]));
        expect(error.message).to.include(`a redirect to ${new URL(elsewhere.url).host}`);
        expect(error.outcome).to.equal("unclear");
        expect(elsewhere.count()).to.equal(0);
      } finally {
        await elsewhere.stop();
      }
    });
  });

  it("goes through the proxy of the environment, but not to this machine", async () => {
    const asked: (string | undefined)[] = [];
    const proxy = createServer((request, response) => {
      asked.push(request.url);
      response.end('{"data":[]}');
    }).listen(0, "127.0.0.1");
    await once(proxy, "listening");
    const before = process.env.http_proxy;
    process.env.http_proxy = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    try {
      await on.api().list("on_call");
      expect(asked).to.deep.equal([]);
      await on.api({ apiUrl: "http://seats.example" }).list("on_call");
      expect(asked[0]).to.match(/^http:\/\/seats\.example\/api\/v2\/seats\/users\?/);
    } finally {
      if (before === undefined) delete process.env.http_proxy;
      else process.env.http_proxy = before;
      proxy.close();
      proxy.closeAllConnections();
    }
  });

  it("does not read an answer of absurd length to its end", async () => {
    on.simulator.faults.add({ status: 200, body: "x".repeat(17 * 1024 * 1024), times: 9 });
    const error = await failure(on.api().list("on_call"));
    expect(error.message).to.include("was too long to be a list of seats");
    expect(error.outcome).to.equal("unclear");
    expect(on.simulator.count("GET")).to.equal(1);
  });
});
