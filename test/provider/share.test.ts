import { expect } from "chai";
import { SeatsShare } from "../../provider/src/share/seatsShare";
import { Simulator } from "../../simulator/src";
import { configurationFor, pointingAt } from "../support/connection";
import { user, users } from "../support/ids";
import { type Provider, ProviderProcess } from "../support/providerProcess";
import { rejection } from "../support/rejection";

const seat = (userId: string, more = {}) => ({ productCode: "on_call", userId, ...more });

describe("provider processes of a share", () => {
  let simulator: Simulator;
  let share: SeatsShare;
  let processes: Provider[];

  beforeEach(async function () {
    if (process.env.SEATS_PROVIDER === "inline") this.skip();
    processes = [];
    simulator = await Simulator.start();
    for (const id of users(10)) simulator.org.addUser(id);
    simulator.org.product("on_call");
    share = await SeatsShare.start({ environment: pointingAt(simulator) });
  });
  afterEach(async () => {
    for (const provider of processes) await provider.stop();
    await share?.stop().catch(() => undefined);
    await simulator?.stop();
  });

  /** The provider process of another stack, with keys and URL in its configuration. */
  async function stack(more: Record<string, string> = {}, server = simulator): Promise<Provider> {
    const config = { ...configurationFor(server), ...more };
    const provider = await ProviderProcess.start(config, { environment: share.environment });
    processes.push(provider);
    return provider;
  }

  it("see each other's writes, and list once, also where the stack names its own URL and keys", async () => {
    simulator.org.claim("on_call", user(9));
    const [one, other] = [await stack(), await stack()];
    const created = await one.create(seat(user(1)));
    expect((await other.read(created.id, created.outputs)).id).to.equal(created.id);
    const adopted = await other.create(seat(user(1)));
    expect(adopted.outputs).to.include({ adopted: true });
    await other.delete(adopted.id, adopted.outputs);
    expect((await one.read(created.id, created.outputs)).id).to.equal("");
    // One for the creation, and one for the date of the seat that the read is to tell.
    expect(simulator.count("GET")).to.equal(2);
    expect(simulator.org.holders("on_call")).to.deep.equal([user(9)]);
  });

  it("fail a create in the words of a run without the share, and the whole message once", async () => {
    simulator.keys.permissions = ["billing_read"];
    const provider = await stack();
    const messages = [];
    for (const id of users(2)) {
      messages.push(((await rejection(provider.create(seat(id)))) as Error).message);
    }
    expect(messages[0]).to.match(
      /^Could not assign a seat of on_call to user \S+1: 127.0.0.1:\d+ responded with 403: Forbidden\. Check that the keys are right /,
    );
    expect(messages[1]).to.match(/user \S+2: another error of this run says why\.$/);
  });

  it("leave a seat in place that the stack's program declares under another name", async () => {
    const provider = await stack();
    const { id, outputs } = await provider.create(seat(user(1)));
    await provider.check(seat(user(1)));
    await provider.delete(id, outputs);
    expect(simulator.org.holders("on_call")).to.deep.equal([user(1)]);
    expect(await provider.outputAtEnd()).to.include("Left the seat on_call/");
  });

  it("reach another org, by name or by default, past the share: none sees the other's listing", async () => {
    const second = await Simulator.start({ keys: { apiKey: "key-2", appKey: "app-2" } });
    try {
      for (const id of users(10)) second.org.claim("on_call", id);
      const { url: apiUrl, keys } = second;
      const eu = { apiUrl, apiKey: keys.apiKey, appKey: keys.appKey };
      const both = await stack({ "datadogSeats:orgs": JSON.stringify({ eu }) });
      const other = await stack({}, second);

      const mine = await both.create(seat(user(1)));
      expect(mine.outputs).to.include({ adopted: false });
      const theirs = await both.create(seat(user(1), { org: "eu" }));
      expect(theirs.outputs).to.include({ adopted: true });
      expect((await other.create(seat(user(2)))).outputs).to.include({ adopted: true });
      await both.delete(theirs.id, theirs.outputs);

      expect(simulator.org.holders("on_call")).to.deep.equal([user(1)]);
      expect(second.org.holders("on_call")).to.deep.equal(users(9, 2));
    } finally {
      for (const provider of processes.splice(0)) await provider.stop();
      await second.stop();
    }
  });

  it("fail for an org under a second name as without the share: it is one org", async () => {
    const { url: apiUrl, keys } = simulator;
    const main = { apiUrl, apiKey: keys.apiKey, appKey: keys.appKey };
    const provider = await stack({ "datadogSeats:orgs": JSON.stringify({ main }) });
    const { id, outputs } = await provider.create(seat(user(1)));
    await provider.check(seat(user(1), { org: "main" }));
    const renamed = await provider.create(seat(user(1), { org: "main" }));
    expect(renamed.outputs).to.include({ adopted: true });
    await provider.delete(id, outputs);
    expect(simulator.org.holders("on_call")).to.deep.equal([user(1)]);
    expect(simulator.count("GET")).to.equal(1);
  });

  it("fail when the share has ended, and record nothing", async () => {
    const provider = await stack();
    const { id, outputs } = await provider.create(seat(user(1)));
    await share.stop();
    const reading = (await rejection(provider.read(id, outputs))) as Error;
    expect(reading.message).to.match(
      /^Could not list the seats of on_call: the share of this run is gone .* unset DATADOG_SEATS_SHARE\.$/,
    );
    const creating = (await rejection(provider.create(seat(user(2))))) as Error;
    expect(creating.message).to.match(/another error of this run says why\.$/);
    expect(simulator.org.holders("on_call")).to.deep.equal([user(1)]);
  });

  it("write nothing more when their engine is gone, though the share lives on", async () => {
    const provider = await stack();
    await provider.create(seat(user(1)));
    const headers = { "x-ratelimit-reset": "2" };
    simulator.faults.add({ method: "POST", status: 429, headers });
    const limited = new Promise<void>((resolve) => {
      simulator.onRequest = ({ status }) => status === 429 && resolve();
    });
    const creating = rejection(provider.create(seat(user(2))));
    await limited;
    await provider.loseEngine();
    await creating;
    const other = await stack();
    await other.create(seat(user(3)));
    expect(simulator.org.holders("on_call")).to.deep.equal([user(1), user(3)]);
  });
});
