import { expect } from "chai";
import type { SeatsApi } from "../../../provider/src/api/seats";
import type { Simulator } from "../../../simulator/src";
import { apiHarness } from "../../support/apiHarness";
import { skippingWaits } from "../../support/clock";
import { user } from "../../support/ids";
import { rejection } from "../../support/rejection";

describe("Simulator", () => {
  let simulator: Simulator;
  let api: SeatsApi;
  const ctx = apiHarness();
  beforeEach(() => {
    simulator = ctx.simulator;
    api = ctx.api();
  });

  it("logs requests with their status, counts them by method, and never logs keys", async () => {
    await api.assign("on_call", [user(1)]);
    await api.list("on_call");
    expect(simulator.requests.map(({ method, status }) => [method, status])).to.deep.equal([
      ["POST", 201],
      ["GET", 200],
    ]);
    expect([simulator.count(), simulator.count("POST"), simulator.count("DELETE")]).to.deep.equal([
      2, 1, 0,
    ]);
    expect(JSON.stringify(simulator.requests)).to.not.include(simulator.keys.apiKey);
    simulator.clearRequests();
    expect(simulator.count()).to.equal(0);
  });

  it("lets a fault happen before or after the request took effect", async () => {
    simulator.faults.add({ method: "POST", status: 400 });
    await rejection(api.assign("on_call", [user(1)]));
    simulator.faults.add({ method: "POST", status: 400, afterEffect: true });
    await rejection(api.assign("on_call", [user(2)]));
    expect(simulator.org.holders("on_call")).to.deep.equal([user(2)]);
  });

  it("keeps a fault for a request that the rate limit lets pass", async () => {
    simulator.behaviour.rateLimit = { limit: 0, periodSeconds: 10 };
    simulator.faults.add({ method: "POST", status: 400 });
    simulator.onRequest = () => {
      delete simulator.behaviour.rateLimit;
    };
    await skippingWaits(() => rejection(api.assign("on_call", [user(1)])));
    expect(simulator.requests.map(({ status }) => status)).to.deep.equal([429, 400]);
  });

  it("hides a new seat from as many listings as its behaviour says", async () => {
    simulator.behaviour.hiddenListings = 1;
    await api.assign("on_call", [user(1)]);
    expect((await api.list("on_call")).size).to.equal(0);
    expect((await api.list("on_call")).size).to.equal(1);
  });

  it("responds to a held, an absent and an unknown user as its behaviour says", async () => {
    simulator.org.claim("on_call", user(1));
    const status = async (call: Promise<unknown>) =>
      ((await rejection(call)) as unknown as { status?: number }).status;
    simulator.behaviour.assignHeld = 409;
    expect(await status(api.assign("on_call", [user(1)]))).to.equal(409);
    simulator.behaviour.assignHeld = "unnamed";
    expect((await api.assign("on_call", [user(1)])).assigned.size).to.equal(0);
    simulator.behaviour.unassignAbsent = 404;
    expect(await status(api.unassign("on_call", [user(2)]))).to.equal(404);
    expect(await status(api.assign("on_call", [user(19)]))).to.equal(400);
    simulator.behaviour.unknownUser = "unnamed";
    const { assigned } = await api.assign("on_call", [user(3), user(19)]);
    expect([...assigned]).to.deep.equal([user(3)]);
  });

  it("refuses paths and methods that the API doesn't have", async () => {
    const headers = {
      "dd-api-key": simulator.keys.apiKey,
      "dd-application-key": simulator.keys.appKey,
    };
    const status = async (path: string, method: string) =>
      (await fetch(`${simulator.url}${path}`, { method, headers })).status;
    expect(await status("/api/v2/seats", "GET")).to.equal(404);
    expect(await status("/api/v2/seats/users", "PUT")).to.equal(405);
  });
});
