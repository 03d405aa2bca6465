import { once } from "node:events";
import { connect as connectPlain } from "node:net";
import { connect as connectTls } from "node:tls";
import { expect } from "chai";
import { readShare } from "../../../provider/src/config/share";
import { ConfigurationError } from "../../../provider/src/model/errors";
import { sendMessage } from "../../../provider/src/share/protocol";
import { SeatsShare } from "../../../provider/src/share/seatsShare";
import { expectNoKey } from "../../support/clearError";
import { connectionTo, pointingAt } from "../../support/connection";
import { rejection } from "../../support/rejection";
import { shareHarness } from "../../support/shareHarness";

describe("SeatsShare, without the keys:", () => {
  const ctx = shareHarness();
  const request = { id: 1, method: "all", productCode: "on_call" } as const;

  /** What a connection gets until it is closed. */
  async function received(socket: ReturnType<typeof connectPlain>): Promise<string> {
    let text = "";
    socket.on("data", (data) => {
      text += data;
    });
    socket.on("error", () => {});
    await new Promise((resolve) => socket.on("close", resolve));
    return text;
  }

  it("another key gets no word", async () => {
    const socket = ctx.connect(new Uint8Array(32));
    sendMessage(socket, request);
    expect(await received(socket)).to.equal("");
    expect(ctx.simulator.count()).to.equal(0);
    expect(ctx.share.isUsed).to.equal(false);
  });

  it("no key gets no word, by TLS or by plain HTTP", async () => {
    const { port } = ctx.address();
    const host = "127.0.0.1";
    const tls = connectTls({ host, port, rejectUnauthorized: false });
    expect(await received(tls)).to.equal("");
    const plain = connectPlain({ host, port });
    const { apiKey, appKey } = ctx.simulator.keys;
    plain.write(
      `GET /api/v2/seats/users?product_code=on_call HTTP/1.1\r\nDD-API-KEY: ${apiKey}\r\nDD-APPLICATION-KEY: ${appKey}\r\n\r\n`,
    );
    expect(await received(plain)).to.equal("");
    expect(ctx.simulator.count()).to.equal(0);
  });

  it("nobody reaches it under another address than 127.0.0.1", async () => {
    const socket = connectPlain({ host: "127.0.0.2", port: ctx.address().port });
    expect(await rejection(once(socket, "connect"))).to.have.property("code");
  });

  it("its address holds no part of a key", () => {
    expectNoKey(JSON.stringify(ctx.share.environment), ctx.simulator.keys);
  });

  it("it is not started", async () => {
    const { DD_API_KEY: _, ...environment } = pointingAt(ctx.simulator);
    const error = await rejection(SeatsShare.start({ environment }));
    expect(error).to.be.instanceOf(ConfigurationError);
    expect((error as Error).message).to.equal(
      "There is no Datadog API key. Set it in the environment as DD_API_KEY.",
    );
  });

  it("a share of another org is named besides, and each org finds its own", async () => {
    const keys = { apiKey: "second-api-key", appKey: "second-app-key" };
    const second = { url: ctx.simulator.url, keys };
    const environment = { ...ctx.share.environment, ...pointingAt(second) };
    const other = await SeatsShare.start({ environment });
    const ports = [ctx.simulator, second].map(
      (server) => readShare(other.environment, connectionTo(server))?.port,
    );
    expect(ports[0]).to.equal(ctx.address().port);
    expect(ports[1]).to.be.a("number").and.not.equal(ports[0]);
    await other.stop();
  });
});
