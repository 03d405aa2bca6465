import type { Agent } from "node:http";
import type { Socket } from "node:net";
import tls from "node:tls";
import { expect } from "chai";
import sinon from "sinon";
import { createHttp } from "../../../provider/src/api/http";
import { failure } from "../../support/apiHarness";
import { skippingWaits } from "../../support/clock";
import { connectionTo } from "../../support/connection";
import { user } from "../../support/ids";
import { tlsHarness } from "../../support/tlsHarness";

describe("A kept connection", () => {
  const ctx = tlsHarness();
  beforeEach(() => ctx.trustCa());

  /** Six requests side by side, which leave their connections idle, and then drops the next request of each. */
  async function forget(list: () => Promise<unknown>): Promise<void> {
    await Promise.all(Array.from({ length: 6 }, list));
    const forgotten = new Set(ctx.server.requests);
    expect(forgotten.size).to.equal(6);
    ctx.server.respond = (connection) => (forgotten.has(connection) ? 0 : 200);
    ctx.server.requests.length = 0;
  }

  for (const way of ["direct", "proxied"] as const) {
    it(`that was forgotten is replaced by a new one, ${way}`, async () => {
      ctx.useProxy();
      const api = ctx[way]();
      await forget(() => api.list("on_call"));
      expect(await skippingWaits(() => api.list("on_call")), "waited").to.equal(0);
      expect(ctx.server.requests).to.have.length(2);
    });

    it(`ends when it is idle for 15 s, and few are kept, ${way}`, async () => {
      ctx.useProxy();
      const apiUrl = way === "direct" ? ctx.server.url : "https://seats.example";
      const http = createHttp(connectionTo(ctx.server, { apiUrl }));
      await Promise.all(Array.from({ length: 6 }, () => http.get("/")));
      // A connection is handed back a little after its response.
      const idle = () =>
        Object.values((http.defaults.httpsAgent as Agent).freeSockets).flatMap(
          (sockets) => (sockets ?? []) as Socket[],
        );
      for (let turn = 0; turn < 100; turn += 1) await new Promise(setImmediate);
      expect(idle().map(({ timeout }) => timeout)).to.deep.equal(Array(4).fill(15_000));
    });

    it(`gets three seconds for each address to connect, ${way}`, async () => {
      ctx.useProxy();
      const connect = sinon.spy(way === "direct" ? tls : require("node:net"), "connect");
      await ctx[way]().list("on_call");
      const options = connect.firstCall.args[0] as object;
      expect(options).to.include({ autoSelectFamilyAttemptTimeout: 3000 });
    });
  }

  it("that was forgotten leaves a write in doubt", async () => {
    const api = ctx.direct();
    await forget(() => api.list("on_call"));
    const { respond } = ctx.server;
    ctx.server.respond = (connection) => (respond(connection) === 0 ? 0 : 422);
    const error = await failure(api.assign("on_call", [user(1)]));
    expect(error).to.include({ outcome: "unclear", status: 422 });
    expect(ctx.server.requests).to.have.length(2);
  });

  it("that was forgotten is not counted among the attempts", async () => {
    const api = ctx.direct();
    await forget(() => api.list("on_call"));
    let failures = 0;
    const { respond } = ctx.server;
    ctx.server.respond = (connection) => {
      if (respond(connection) === 0) return 0;
      failures += 1;
      return failures <= 4 ? 502 : 200;
    };
    await skippingWaits(() => api.list("on_call"));
    expect(ctx.server.requests).to.have.length(6);
  });
});
