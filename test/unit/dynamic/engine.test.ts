import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { expect } from "chai";
import { engineListens } from "../../../provider/src/dynamic/engine";

describe("the engine", () => {
  it("is there while its address takes connections, and gone when it refuses them", async () => {
    const server = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await engineListens(address)).to.equal(true);
    server.close();
    await once(server, "close");
    expect(await engineListens(address)).to.equal(false);
  });

  it("counts as there when nothing proves the contrary: the trouble may be this machine's", async () => {
    // A label of 64 characters is no valid name: it fails without a name server.
    for (const address of [`${"x".repeat(64)}.invalid:1`, "no address", ""]) {
      expect(await engineListens(address), address).to.equal(true);
    }
  });
});
