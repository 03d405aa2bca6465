import dns from "node:dns";
import { once } from "node:events";
import { inspect } from "node:util";
import { expect } from "chai";
import sinon from "sinon";
import type { SeatsApiError } from "../../../provider/src/api/errors";
import { createHttp } from "../../../provider/src/api/http";
import { ConfigurationError } from "../../../provider/src/model/errors";
import { ProductSeats } from "../../../provider/src/seats/productSeats";
import { failure, failureAfterWaits } from "../../support/apiHarness";
import { connectionTo } from "../../support/connection";
import { user, users } from "../../support/ids";
import { keyForms } from "../../support/keyForms";
import { tlsHarness } from "../../support/tlsHarness";

describe("The proxy of the environment", () => {
  const ctx = tlsHarness();
  const assign = () => ctx.proxied().assign("on_call", [user(1)]);

  describe("gets its user and password", () => {
    for (const [how, encoded, credentials] of [
      ["decoded", "svc:p%40ss%2Fw0rd%21", "svc:p@ss/w0rd!"],
      ["as they are where they are no encoding", "svc:50%off", "svc:50%off"],
    ] as const) {
      it(`${how}, once for many requests`, async () => {
        ctx.trustCa();
        ctx.useProxy(encoded);
        ctx.proxy.credentials = credentials;
        const api = ctx.proxied();
        await api.list("on_call");
        await api.list("on_call");
        expect(ctx.proxy.connects).to.deep.equal(["seats.example:443"]);
        expect(ctx.server.requests).to.have.length(2);
      });
    }
  });

  it("has a password that NODE_DEBUG=http doesn't print with the connections", () => {
    ctx.useProxy("svc:s3cret");
    const agent = createHttp(connectionTo(ctx.server, { apiUrl: "https://seats.example" })).defaults
      .httpsAgent;
    const printed = inspect(agent, { depth: Number.POSITIVE_INFINITY });
    expect(printed).to.include(ctx.proxy.host);
    for (const form of keyForms("svc:s3cret")) expect(printed).to.not.include(form);
  });

  it("is the one that lower-case names name, too, and none for what NO_PROXY names", async () => {
    ctx.trustCa();
    ctx.useProxy(undefined, "https_proxy");
    await ctx.proxied().list("on_call");
    expect(ctx.proxy.connects).to.have.length(1);
    await ctx.direct().list("on_call");
    expect(ctx.proxy.connects, "for this machine").to.have.length(1);

    process.env.NO_PROXY = "other.example,.example";
    sinon.stub(dns, "lookup").yieldsAsync(null, [{ address: "127.0.0.1", family: 4 }]);
    await ctx.proxied({ apiUrl: `https://seats.example:${ctx.server.port}` }).list("on_call");
    expect(ctx.proxy.connects, "with NO_PROXY").to.have.length(1);
    expect(ctx.server.requests).to.have.length(3);
  });

  it("is reached by http where its URL names no scheme, as other tools do", async () => {
    ctx.trustCa();
    for (const variable of ["HTTPS_PROXY", "all_proxy"]) {
      process.env[variable] = ctx.proxy.host;
      await ctx.proxied().list("on_call");
      delete process.env[variable];
    }
    expect(ctx.proxy.connects).to.have.length(2);
  });

  it("is asked once for a roster of 20 whose password is wrong, and named", async () => {
    ctx.useProxy("svc:s3cret%21");
    ctx.proxy.credentials = "svc:another";
    const seats = new ProductSeats(ctx.proxied(), "on_call", () => true);
    const failures = await Promise.all(users(20).map((id) => failure(seats.assign(id))));
    expect(ctx.proxy.connects).to.have.length(1);
    for (const { outcome, status, message } of failures) {
      expect({ outcome, status }).to.deep.equal({ outcome: "unsent", status: undefined });
      expect(message).to.include(
        `seats.example was not reached, because the proxy ${ctx.proxy.host} responded with 407 Proxy Authentication Required (one attempt, 0 s). Check the user and the password in HTTPS_PROXY`,
      );
      expect(message).to.not.match(/s3cret|svc/);
    }
  });

  const statuses: [number, number, string][] = [
    [403, 1, "responded with 403 Forbidden"],
    [502, 5, "responded with 502 Bad Gateway"],
    [0, 5, "did not respond: ECONNRESET"],
    [299, 1, "did not respond as a proxy does"],
  ];
  for (const [status, attempts, words] of statuses) {
    it(`is named when it responds with ${status}; nothing was sent`, async () => {
      ctx.useProxy();
      ctx.proxy.status = status;
      const { error } = await failureAfterWaits(assign);
      expect(error).to.include({ outcome: "unsent", status: undefined });
      expect(error.message).to.include(
        `seats.example was not reached, because the proxy ${ctx.proxy.host} ${words} (${attempts === 1 ? "one attempt" : `${attempts} attempts`}`,
      );
      expect(error.message).to.include("Check HTTPS_PROXY and NO_PROXY");
      expect(ctx.proxy.connects).to.have.length(attempts);
    });
  }

  it("is named when it is down, and when it does not respond", async () => {
    process.env.HTTPS_PROXY = "http://127.0.0.1:1";
    const { error } = await failureAfterWaits(assign);
    expect(error.outcome).to.equal("unsent");
    expect(error.message).to.include(
      "because the proxy 127.0.0.1:1 did not respond: ECONNREFUSED (5 attempts",
    );

    ctx.useProxy();
    ctx.proxy.status = undefined;
    const api = ctx.proxied({ requestTimeoutMs: 50, maxWaitMs: 100 });
    const silent = await failure(api.assign("on_call", [user(1)]));
    expect(silent.outcome).to.equal("unsent");
    expect(silent.message).to.include(`the proxy ${ctx.proxy.host} did not respond: timed out`);
  });

  it("keeps no process running with a connection on which it does not respond", async () => {
    ctx.useProxy();
    ctx.proxy.status = undefined;
    await failure(ctx.proxied({ requestTimeoutMs: 50, maxWaitMs: 100 }).list("on_call"));
    expect(ctx.proxy.sockets).to.have.length(1);
    for (const socket of ctx.proxy.sockets) if (!socket.closed) await once(socket, "close");
  });

  it("is not blamed for what Datadog does behind it", async () => {
    ctx.trustCa();
    ctx.useProxy();
    ctx.server.respond = () => 502;
    const { error } = await failureAfterWaits(assign);
    expect(error).to.include({ outcome: "unclear", status: 502 });
    expect(error.message).to.include("seats.example responded with 502 Bad Gateway");
  });

  it("must have a URL, of which nothing is shown, because it may hold a password", () => {
    for (const url of [
      "http://svc:s3/cret@proxy.example:3128",
      "socks5://svc:s3cret@proxy.example",
    ]) {
      process.env.HTTPS_PROXY = url;
      expect(() => ctx.proxied())
        .to.throw(ConfigurationError, /^HTTPS_PROXY in the environment is not the URL of a proxy/)
        .and.satisfies(({ message }: SeatsApiError) => !/s3|svc/.test(message));
    }
  });

  it("that inspects the traffic and asks for a password in place of Datadog is not asked again", async () => {
    ctx.trustCa();
    ctx.server.respond = () => 407;
    const seats = new ProductSeats(ctx.direct(), "on_call", () => true);
    const failures = await Promise.all(users(20).map((id) => failure(seats.assign(id))));
    expect(ctx.server.requests).to.have.length(1);
    expect(failures[0]?.outcome).to.equal("unsent");
    expect(failures[0]?.message).to.include("Check the user and the password in HTTPS_PROXY");
  });
});
