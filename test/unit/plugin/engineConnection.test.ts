import { once } from "node:events";
import { existsSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { expect } from "chai";
import sinon from "sinon";
import { isOfUser, serveEngine } from "../../../provider/src/plugin/engineConnection";
import { skip } from "../../support/skip";

const me = process.geteuid?.() ?? 0;

describe("the connections of other users", () => {
  let server: Server;
  let client: Socket;

  before(function () {
    if (!existsSync("/proc/net/tcp")) skip(this, "only Linux tells whose a connection is");
  });
  beforeEach(async () => {
    server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  afterEach(() => {
    client.destroy();
    server.close();
  });

  async function accepted(localAddress = "127.0.0.1"): Promise<Socket> {
    const { port } = server.address() as AddressInfo;
    client = connect({ port, host: "127.0.0.1", localAddress });
    const [connection] = (await once(server, "connection")) as [Socket];
    return connection.on("error", () => {});
  }

  it("are closed unread, and count as nobody's", async () => {
    const served: Socket[] = [];
    const engines = serveEngine((connection) => served.push(connection)).listen(0, "127.0.0.1");
    await once(engines, "listening");
    const { port } = engines.address() as AddressInfo;
    const geteuid = sinon.stub(process, "geteuid").returns(me + 1);
    client = connect(port, "127.0.0.1");
    await once(client, "close");
    expect(served).to.deep.equal([]);

    geteuid.restore();
    client = connect(port, "127.0.0.1");
    await once(engines, "connection");
    expect(served).to.have.length(1);
    engines.close();
  });

  it("are told from this user's", async () => {
    const connection = await accepted();
    expect(isOfUser(connection, me)).to.equal(true);
    expect(isOfUser(connection, me + 1)).to.equal(false);
  });

  it("are those whose end is closed already, or that come from elsewhere", async () => {
    const connection = await accepted();
    client.resetAndDestroy();
    await once(client, "close");
    expect(isOfUser(connection, me)).to.equal(false);
    expect(isOfUser(await accepted("127.0.0.2"), me)).to.equal(false);
  });

  it("can't be told where the server's own port is in no table", async () => {
    const connection = await accepted();
    server.close();
    expect(isOfUser(connection, me + 1)).to.equal(true);
  });
});
