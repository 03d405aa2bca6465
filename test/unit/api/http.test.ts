import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { apiHarness } from "../../support/apiHarness";

describe("the client's HTTP", () => {
  const ctx = apiHarness();

  it("sends through the proxy of the environment, but not to this machine", async () => {
    const proxied: (string | undefined)[] = [];
    const proxy = createServer((request, response) => {
      proxied.push(request.url);
      response.end('{"data":[]}');
    }).listen(0, "127.0.0.1");
    await once(proxy, "listening");
    const before = process.env.http_proxy;
    process.env.http_proxy = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    try {
      await ctx.api().list("on_call");
      expect(proxied).to.deep.equal([]);
      await ctx.api({ apiUrl: "http://seats.example" }).list("on_call");
      expect(proxied[0]).to.match(/^http:\/\/seats\.example\/api\/v2\/seats\/users\?/);
    } finally {
      if (before === undefined) delete process.env.http_proxy;
      else process.env.http_proxy = before;
      proxy.close();
      proxy.closeAllConnections();
    }
  });

  it("says who asks, and which version", async () => {
    await ctx.api().list("on_call");
    const { version } = require("../../../provider/package.json") as { version: string };
    expect(ctx.simulator.requests[0]?.headers).to.include({
      "user-agent": `pulumi-datadog-seats/${version}`,
      accept: "application/json",
    });
  });
});
