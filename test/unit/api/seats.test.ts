import { expect } from "chai";
import { causeOf } from "../../../provider/src/api/errors";
import { SeatsApi } from "../../../provider/src/api/seats";
import { apiHarness, failure } from "../../support/apiHarness";
import { connectionTo } from "../../support/connection";
import { user, users } from "../../support/ids";

describe("SeatsApi", () => {
  const ctx = apiHarness();

  describe("list", () => {
    it("reads every page, whatever characters the cursors hold", async () => {
      for (const id of users(7)) ctx.simulator.org.claim("on_call", id);
      const holders = await ctx.api({ pageSize: 3 }).list("on_call");
      expect([...holders.keys()]).to.deep.equal(users(7));
      expect(holders.get(user(7))).to.include({ email: "user-000000000007@example.com" });
      expect(ctx.simulator.count("GET")).to.equal(3);
      expect(ctx.simulator.requests[0]?.url).to.equal(
        "/api/v2/seats/users?product_code=on_call&page%5Blimit%5D=3",
      );
    });

    it("finds nobody in a product without seats, whose response has no meta", async () => {
      expect((await ctx.api().list("on_call")).size).to.equal(0);
    });

    it("fails when a page fails for good, instead of leaving its users out", async () => {
      for (const id of users(7)) ctx.simulator.org.claim("on_call", id);
      ctx.simulator.faults.add({ method: "GET", page: 2, status: 400, body: { errors: ["no"] } });
      const error = await failure(ctx.api({ pageSize: 3 }).list("on_call"));
      expect(error.message).to.equal(
        `Could not list the on_call seats: ${new URL(ctx.simulator.url).host} responded with 400 Bad Request: no.`,
      );
      expect(error.stack).to.equal("");
    });

    it("fails for a response that is no list", async () => {
      ctx.simulator.faults.add({
        method: "GET",
        status: 200,
        body: "<html>Welcome to the proxy</html>",
      });
      const error = await failure(ctx.api().list("on_call"));
      expect(error.message).to.match(/responded, but not with a list of seats\.$/);
      expect(error.outcome).to.equal("unclear");
    });
  });

  describe("assign and unassign", () => {
    it("send the documented body", async () => {
      const { assigned, inDoubt } = await ctx.api().assign("on_call", users(2));
      expect([...assigned]).to.deep.equal(users(2));
      expect(inDoubt).to.equal(false);
      await ctx.api().unassign("on_call", [user(1)]);
      expect(ctx.simulator.org.holders("on_call")).to.deep.equal([user(2)]);
      expect(ctx.simulator.requests.map(({ method, userIds }) => [method, userIds])).to.deep.equal([
        ["POST", users(2)],
        ["DELETE", [user(1)]],
      ]);
    });

    it("fail as unclear for a 201 without `assigned_ids`", async () => {
      ctx.simulator.faults.add({ method: "POST", status: 201, body: { data: {} } });
      const error = await failure(ctx.api().assign("on_call", [user(1)]));
      expect(error.outcome).to.equal("unclear");
    });

    it("pass Datadog's words on", async () => {
      ctx.simulator.org.product("on_call").capacity = 0;
      const error = await failure(ctx.api().assign("on_call", [user(1)]));
      expect(error.message).to.match(
        /^Could not assign an on_call seat to user 0{8}-.* responded with 422 Unprocessable Entity: no seats left for on_call: the plan has 0\.$/,
      );
      expect(error).to.include({ outcome: "refused", status: 422 });
      const ofMany = await failure(ctx.api().assign("on_call", users(2)));
      expect(ofMany.message).to.include("Could not assign on_call seats to 2 users: ");
    });

    it("await `beforeWrite` before every attempt, which a listing does not", async () => {
      let asked = 0;
      const beforeWrite = async () => {
        asked += 1;
      };
      const client = new SeatsApi(connectionTo(ctx.simulator), { beforeWrite });
      await client.list("on_call");
      expect(asked).to.equal(0);
      ctx.simulator.faults.add({ status: 503, headers: { "retry-after": "0" } });
      await client.assign("on_call", [user(1)]);
      expect(asked).to.equal(2);
      await client.unassign("on_call", [user(1)]);
      expect(asked).to.equal(3);
    });
  });

  describe("when keys are refused", () => {
    it("names the permissions, any one of which is enough, and the site", async () => {
      ctx.simulator.keys.permissions = [];
      const error = await failure(ctx.api().assign("on_call", [user(1)]));
      expect(error.outcome).to.equal("forbidden");
      expect(error.message).to.include("responded with 403: Forbidden.");
      expect(error.message).to.include("billing_edit, incident_write, on_call_write");
      expect(error.message).to.include("which datadog:apiUrl selects");
      expect(ctx.simulator.count()).to.equal(1);
    });

    it("tries them again only for another permission or product", async () => {
      ctx.simulator.keys.permissions = ["billing_read", "user_access_read"];
      const api = ctx.api();
      const refused = await failure(api.assign("on_call", users(2)));
      const again = await failure(api.unassign("on_call", [user(1)]));
      expect(again.message).to.equal(
        refused.message.replace(
          "assign on_call seats to 2 users",
          `unassign the on_call seat of user ${user(1)}`,
        ),
      );
      expect(causeOf(again)).to.equal(causeOf(refused));
      expect(ctx.simulator.count()).to.equal(1);
      await api.list("on_call");
      await failure(api.assign("incident_response", [user(1)]));
      expect(ctx.simulator.count()).to.equal(3);
    });

    for (const status of [401, 403]) {
      it(`fails as forbidden for a ${status}, with the caller's hint`, async () => {
        ctx.simulator.faults.add({ status });
        const client = new SeatsApi(connectionTo(ctx.simulator), {
          keysHint: () => "The hint.",
        });
        const error = await failure(client.list("on_call"));
        expect(error.outcome).to.equal("forbidden");
        expect(error.message).to.include("to see seats: billing_read, incident_read, on_call_read");
        expect(error.message).to.match(/The hint\.$/);
      });
    }
  });
});
