import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { expect } from "chai";
import { EngineWatch } from "../../../provider/src/engine/watch";

describe("EngineWatch", () => {
  let server: Server;
  let sockets: Socket[];
  const address = () => `127.0.0.1:${(server.address() as AddressInfo).port}`;

  beforeEach(async () => {
    sockets = [];
    server = createServer((socket) => sockets.push(socket.on("error", () => {})));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  function end(): void {
    server.close();
    for (const socket of sockets) socket.destroy();
  }
  afterEach(end);

  it("reports the end of an engine whose connection closes and whose address refuses another", async () => {
    let gone = 0;
    const ended = new Promise<void>((resolve) => {
      const watch = new EngineWatch(address(), () => {
        gone += 1;
        resolve();
      });
      watch.confirm().then(() => {
        expect(gone).to.equal(0);
        end();
      });
    });
    await ended;
    expect(gone).to.equal(1);
  });

  it("confirms no write once the engine has ended", async () => {
    let gone = false;
    const watch = new EngineWatch(address(), () => {
      gone = true;
    });
    await watch.confirm();
    const closed = once(server, "close");
    end();
    await closed;
    await watch.confirm();
    expect(gone).to.equal(true);
  });

  it("connects again to an engine that has closed the connection and goes on", async () => {
    const again = new Promise<void>((resolve) => {
      server.on("connection", () => sockets.length > 1 && resolve());
    });
    const watch = new EngineWatch(address(), () => expect.fail("it has not ended"));
    await watch.confirm();
    sockets[0]?.destroy();
    await again;
  });

  it("never counts an engine as gone whose address is not known", async () => {
    for (const unknown of ["no address", "", undefined, "/a/script.js"]) {
      await new EngineWatch(unknown, () => expect.fail("it may be there")).confirm();
    }
  });
});
