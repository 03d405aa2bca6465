import { expect } from "chai";
import { Simulator } from "../../simulator/src";
import { DynamicProviderHost, type Host } from "../support/host";
import { user, users } from "../support/ids";
import { rejection } from "../support/rejection";

const seat = (n: number) => ({ productCode: "on_call", userId: user(n) });
const id = (n: number) => `on_call/${user(n)}`;

describe("Pulumi's dynamic-provider process", () => {
  let simulator: Simulator;
  let host: Host;
  let config: Record<string, string>;

  beforeEach(async () => {
    simulator = await Simulator.start();
    for (const userId of users(10)) simulator.org.addUser(userId);
    simulator.org.product("on_call");
    config = {
      "datadog:apiUrl": simulator.url,
      "datadog:apiKey": simulator.keys.apiKey,
      "datadog:appKey": simulator.keys.appKey,
    };
    host = await DynamicProviderHost.start(config);
  });
  afterEach(async () => {
    await host.stop();
    await simulator.stop();
  });

  async function restartWith(changes: Record<string, string | undefined>) {
    await host.stop();
    const entries = Object.entries({ ...config, ...changes }).filter(([, value]) => value);
    host = await DynamicProviderHost.start(Object.fromEntries(entries) as Record<string, string>);
  }

  it("ends without another write when the engine is gone while it waits for the rate limit", async function () {
    if (process.env.SEATS_HOST === "inline") this.skip();
    simulator.faults.add({ method: "POST", status: 429, headers: { "x-ratelimit-reset": "1" } });
    const limited = new Promise<void>((resolve) => {
      simulator.onRequest = ({ status }) => status === 429 && resolve();
    });
    const creation = rejection(host.create(seat(1)));
    await limited;
    await host.loseEngine();
    await creation;
    expect(simulator.count("POST")).to.equal(1);
    expect(simulator.org.holders("on_call")).to.deep.equal([]);
  });

  it("with a configuration that is missing or wrong fails the first request with a remedy, and is short from then on", async () => {
    await restartWith({ "datadog:appKey": undefined });
    const [first, second] = [
      await rejection(host.create(seat(1))),
      await rejection(host.create(seat(2))),
    ];
    expect(first.message).to.equal(
      "There is no Datadog application key. Give it by `pulumi config set --secret datadog:appKey` or in the environment as DD_APP_KEY.",
    );
    expect(second.message).to.equal(
      "The configuration can't work, as an earlier error of this run tells.",
    );
    expect(host.output).to.not.match(/\n\s+at /);
  });

  it("with keys that are refused names the stored ones only when the program didn't run", async () => {
    simulator.keys.apiKey = "rotated";
    const stored = await rejection(host.read(id(1), seat(1)));
    expect(stored.message)
      .to.include("stored at its last `pulumi up`")
      .and.include("--run-program");

    await restartWith({});
    await host.check(seat(1));
    const fresh = await rejection(host.create(seat(1)));
    expect(fresh.message).to.match(/answered 403.*selects another\.$/);
    expect(host.output).to.not.match(/\n\s+at /);
    expect(host.output).to.not.include(config["datadog:apiKey"]);
  });
});
