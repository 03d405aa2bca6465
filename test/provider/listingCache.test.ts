import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { Simulator } from "../../simulator/src";
import { configurationFor } from "../support/connection";
import type { EntryPoint } from "../support/entryPoints";
import { user, users } from "../support/ids";
import { ProviderProcess } from "../support/providerProcess";
import { rejection } from "../support/rejection";
import { assertNoKeysIn } from "../support/secrecy";
import { temporaryFolder } from "../support/workFolder";

const seat = (n: number) => ({ productCode: "on_call", userId: user(n) });
const id = (n: number) => `on_call/${user(n)}`;

describe("The listing cache, with a provider process for each run", () => {
  let simulator: Simulator;
  const parent = temporaryFolder();
  const folder = () => join(parent(), "cache");

  beforeEach(async () => {
    simulator = await Simulator.start();
    for (const n of users(20)) simulator.org.addUser(n);
    for (const n of users(12)) simulator.org.claim("on_call", n);
  });
  afterEach(() => simulator.stop());

  /** Does what one stack's run asks of its provider, and returns the requests that this took. */
  async function run(entryPoint: EntryPoint, work: (provider: ProviderProcess) => Promise<void>) {
    simulator.clearRequests();
    const config = { ...configurationFor(simulator), "datadogSeats:pageSize": "5" };
    const environment = { DATADOG_SEATS_LISTING_CACHE: folder() };
    const provider = await ProviderProcess.start(config, { entryPoint, environment });
    try {
      await work(provider);
    } finally {
      await provider.stop();
    }
    return simulator.requests.map(({ method }) => method).join(" ");
  }
  const reading =
    (...seats: number[]) =>
    async (provider: ProviderProcess) => {
      for (const n of seats) expect((await provider.read(id(n), seat(n))).id).to.equal(id(n));
    };

  it("lists once for the refreshes of both entry points, and anew after any run has written", async () => {
    expect(await run("dynamic", reading(1))).to.equal("GET GET GET");
    expect(await run("plugin", reading(1, 12))).to.equal("");
    const destroyed = await run("plugin", (provider) => provider.delete(id(12), seat(12)));
    expect(destroyed).to.equal("DELETE");
    expect(await run("dynamic", reading(1))).to.equal("GET GET GET");
    assertNoKeysIn(folder(), simulator.keys);
  });

  it("spares no POST: a new seat is looked up in Datadog", async () => {
    await run("dynamic", reading(1, 12));
    simulator.org.unassign("on_call", user(12));
    const requests = await run("dynamic", async (provider) => {
      await reading(12)(provider);
      const { outputs } = await provider.create(seat(12));
      expect(outputs).to.include({ adopted: false });
    });
    expect(requests).to.equal("GET GET GET POST");
    expect(simulator.org.holders("on_call")).to.include(user(12));
    expect(await run("plugin", reading(1))).to.equal("GET GET GET");
  });

  it("drops a seat only when a listing of the run itself agrees", async () => {
    await run("plugin", reading(1));
    simulator.org.claim("on_call", user(13));
    const requests = await run("plugin", async (provider) => {
      await reading(13)(provider);
      expect((await provider.read(id(14), seat(14))).id).to.equal("");
    });
    expect(requests).to.equal("GET GET GET");
  });

  it("is refused where other users could read it, before anything is sent", async () => {
    mkdirSync(folder());
    chmodSync(folder(), 0o755);
    const requests = await run("dynamic", async (provider) => {
      const { message } = await rejection(provider.create(seat(13)));
      expect(message).to.include(`DATADOG_SEATS_LISTING_CACHE is "${folder()}", which other users`);
      await rejection(provider.delete(id(1), seat(1)));
    });
    expect(requests).to.equal("");
  });
});
