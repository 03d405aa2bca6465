import { expect } from "chai";
import { SeatsApi } from "../../../provider/src/api/seats";
import { Org, Simulator } from "../../../simulator/src";
import { connectionTo } from "../../support/connection";
import { user } from "../../support/ids";
import { rejection } from "../../support/rejection";

describe("the simulator, with several key pairs and orgs", () => {
  let simulator: Simulator;

  beforeEach(async () => {
    simulator = await Simulator.start();
    simulator.org.claim("on_call", user(1));
  });
  afterEach(() => simulator.stop());

  const apiWith = (keys: { apiKey: string; appKey: string }) =>
    new SeatsApi(connectionTo({ url: simulator.url, keys }), { onWait: () => {} });

  it("opens the one org with each of its key pairs, but not with halves of two", async () => {
    const others = simulator.addKeys({ apiKey: "other-api-key", appKey: "other-app-key" });
    for (const keys of [simulator.keys, others]) {
      expect([...(await apiWith(keys).list("on_call")).keys()]).to.deep.equal([user(1)]);
    }
    const mixed = { apiKey: simulator.keys.apiKey, appKey: others.appKey };
    expect((await rejection(apiWith(mixed).list("on_call"))).message).to.include("403");
  });

  it("opens another org behind the same URL with the keys of that org", async () => {
    const second = new Org();
    second.claim("on_call", user(2));
    const keys = simulator.addKeys({ apiKey: "second-api-key" }, second);
    await apiWith(keys).unassign("on_call", [user(1)]);
    expect([...(await apiWith(keys).list("on_call")).keys()]).to.deep.equal([user(2)]);
    expect(simulator.org.holders("on_call")).to.deep.equal([user(1)]);
  });
});
