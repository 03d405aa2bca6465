import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer, type Server, type Socket } from "node:net";
import { TLSSocket } from "node:tls";
import type { AxiosError } from "axios";
import { expect } from "chai";
import sinon from "sinon";
import { isIssuerUnknown, isUntrusted } from "../../../provider/src/api/certificate";
import { examine } from "../../../provider/src/cli/doctor";
import { nameInStack } from "../../../provider/src/config/settings";
import { failure, failureAfterWaits } from "../../support/apiHarness";
import { pointingAt } from "../../support/connection";
import { user } from "../../support/ids";
import { tlsHarness } from "../../support/tlsHarness";

describe("A connection to Datadog", () => {
  const ctx = tlsHarness();
  const ISSUER = ", issued by Example Corp Inspection CA, Example Corp.";

  it("is not made to a certificate of an unknown CA: the message names it, and nothing was sent", async () => {
    const error = await failure(ctx.direct().assign("on_call", [user(1)]));
    expect(error.outcome).to.equal("unsent");
    expect(error.message)
      .to.match(/127\.0\.0\.1:\d+ presented a certificate that Node does not trust: UNABLE_TO_\w+/)
      .and.include(ISSUER)
      .and.include("set NODE_EXTRA_CA_CERTS");
    expect(ctx.server.requests).to.deep.equal([]);
    expect(ctx.server.connections, "one attempt, and one to tell the issuer").to.have.length(2);
  });

  it("through a proxy neither", async () => {
    ctx.useProxy();
    const error = await failure(ctx.proxied().assign("on_call", [user(1)]));
    expect(error.outcome).to.equal("unsent");
    expect(error.message)
      .to.include("seats.example presented a certificate that Node does not trust")
      .and.include(ISSUER);
    expect(ctx.server.requests).to.deep.equal([]);
    expect(ctx.proxy.connects).to.deep.equal(["seats.example:443", "seats.example:443"]);
  });

  it("through a proxy with such a certificate neither, which is named as the proxy's", async () => {
    process.env.HTTPS_PROXY = ctx.server.url;
    const error = await failure(ctx.proxied().assign("on_call", [user(1)]));
    expect(error.outcome).to.equal("unsent");
    const { host } = new URL(ctx.server.url);
    expect(error.message)
      .to.include(`the proxy ${host} presented a certificate that Node does not trust: UNABLE_TO_`)
      .and.include("set NODE_EXTRA_CA_CERTS");
  });

  it("is what `doctor` checks too", async () => {
    const checks = [];
    const sources = { environment: pointingAt(ctx.server), nameOf: nameInStack };
    for await (const check of examine(sources, [], () => {})) {
      checks.push(check);
    }
    const site = checks.find(({ what }) => what === "site");
    expect(site?.state).to.equal("failed");
    expect(site?.explanation).to.include(ISSUER).and.include("NODE_EXTRA_CA_CERTS");
  });

  it("is not made to a certificate for another host, which no CA would help", async () => {
    ctx.trustCa();
    ctx.useProxy();
    const error = await failure(
      ctx.proxied({ apiUrl: "https://other.example" }).assign("on_call", [user(1)]),
    );
    expect(error.outcome).to.equal("unsent");
    expect(error.message)
      .to.include(`ERR_TLS_CERT_ALTNAME_INVALID${ISSUER}`)
      .and.include("Check the clock of this machine, and that datadog:apiUrl is right.")
      .and.not.include("NODE_EXTRA_CA_CERTS");
  });

  it("is not helped by a CA where the certificate is of another time", () => {
    for (const code of ["CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID"]) {
      const error = { code } as AxiosError;
      expect([isUntrusted(error), isIssuerUnknown(error)]).to.deep.equal([true, false]);
    }
  });

  it("names an issuer whose name acts on no terminal", async () => {
    const issuer = { CN: "Evil\u001b[2J CA", O: ["\r\nExample", "Corp"] };
    sinon.stub(TLSSocket.prototype, "getPeerCertificate").returns({ issuer } as never);
    const { message } = await failure(ctx.direct().assign("on_call", [user(1)]));
    expect(message).to.include(", issued by Evil\\u001b[2J CA, Example,Corp. Where");
  });

  it("says so without the issuer where that can't be told", async () => {
    ctx.useProxy();
    const assigning = failure(ctx.proxied().assign("on_call", [user(1)]));
    // The first tunnel is the attempt's.
    while (ctx.proxy.connects.length === 0) await new Promise(setImmediate);
    ctx.proxy.status = 503;
    expect((await assigning).message)
      .to.match(/does not trust: UNABLE_TO_\w+\. Where/)
      .and.include("NODE_EXTRA_CA_CERTS");
  });

  describe("that ends", () => {
    let server: Server;
    let onConnection: (socket: Socket) => void;
    const api = () => {
      const { port } = server.address() as AddressInfo;
      return ctx.direct({ apiUrl: `https://127.0.0.1:${port}` });
    };
    beforeEach(async () => {
      server = createServer((socket) => onConnection(socket)).listen(0, "127.0.0.1");
      await once(server, "listening");
    });
    afterEach(() => server.close());

    it("before TLS is ready has sent nothing", async () => {
      onConnection = (socket) => socket.once("data", () => socket.resetAndDestroy());
      const { error } = await failureAfterWaits(() => api().assign("on_call", [user(1)]));
      expect(error.outcome).to.equal("unsent");
      expect(error.message).to.match(/was not reached: ECONNRESET \(5 attempts/);
    });

    it("afterwards leaves a write in doubt", async () => {
      ctx.trustCa();
      ctx.server.respond = () => 0;
      const { error } = await failureAfterWaits(() => ctx.direct().assign("on_call", [user(1)]));
      expect(error.outcome).to.equal("unclear");
      expect(error.message).to.match(/did not respond: ECONNRESET \(5 attempts/);
    });
  });
});
