import { expect } from "chai";
import { apiHarness } from "../../support/apiHarness";

describe("the client's HTTP", () => {
  const ctx = apiHarness();

  it("says who asks, and which version", async () => {
    await ctx.api().list("on_call");
    const { version } = require("../../../provider/package.json") as { version: string };
    expect(ctx.simulator.requests[0]?.headers).to.include({
      "user-agent": `pulumi-datadog-seats/${version}`,
      accept: "application/json",
    });
  });
});
