import { expect } from "chai";
import { AttachedProviders } from "../../../provider/src/plugin/attached";
import { EngineStub } from "../../support/engineStub";

describe("AttachedProviders", () => {
  it("knows an engine by its connection and address, because ports of connections are used again", async () => {
    const engines = [await EngineStub.start(), await EngineStub.start()];
    const [first = "", second = ""] = engines.map(([, address]) => address);
    const providers = new AttachedProviders(() => {});
    providers.attach("127.0.0.1:40001", first);
    const provider = providers.of("127.0.0.1:40001");
    // An engine tells its address twice: by Handshake and by Attach.
    providers.attach("127.0.0.1:40001", first);
    expect(providers.of("127.0.0.1:40001")).to.equal(provider);
    providers.attach("127.0.0.1:40002", first);
    expect(providers.of("127.0.0.1:40002")).to.not.equal(provider);
    providers.attach("127.0.0.1:40001", second);
    expect(providers.of("127.0.0.1:40001")).to.not.equal(provider);
    for (const [engine] of engines) engine.end();
  });

  it("has no provider for an engine that tells no address", () => {
    const providers = new AttachedProviders(() => {});
    providers.attach("127.0.0.1:40001", "");
    expect(() => providers.of("127.0.0.1:40001")).to.throw("its engine has not attached");
  });

  it("reports the address of an engine that can't be reached", async () => {
    const [engine, address] = await EngineStub.start();
    engine.end();
    const reported = await new Promise((resolve) => {
      new AttachedProviders(resolve).attach("127.0.0.1:40001", address);
    });
    expect(reported).to.equal(address);
  });
});
