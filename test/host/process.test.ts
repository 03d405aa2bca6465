import { expect } from "chai";
import { hostStage } from "../support/hostStage";
import { user } from "../support/ids";
import { rejection } from "../support/rejection";

const seat = (n: number) => ({ productCode: "on_call", userId: user(n) });
const id = (n: number) => `on_call/${user(n)}`;

describe("Pulumi's dynamic-provider process", () => {
  const on = hostStage("SeatAssignment", 10);

  it("ends without another write when the engine is gone while it waits for the rate limit", async function () {
    if (process.env.SEATS_HOST === "inline") this.skip();
    on.simulator.faults.add({ method: "POST", status: 429, headers: { "x-ratelimit-reset": "1" } });
    // Before the answer leaves, for the process to find the engine gone whenever it looks.
    const ended = new Promise<void>((resolve) => {
      on.simulator.onRequest = ({ status }) => status === 429 && resolve(on.host.loseEngine());
    });
    const creation = rejection(on.host.create(seat(1)));
    await ended;
    await creation;
    expect(on.simulator.count("POST")).to.equal(1);
    expect(on.simulator.org.holders("on_call")).to.deep.equal([]);
  });

  it("with a configuration that is missing or wrong fails the first request with a remedy, and is short from then on", async () => {
    await on.restart({ "datadog:appKey": undefined });
    const [first, second] = [
      await rejection(on.host.create(seat(1))),
      await rejection(on.host.create(seat(2))),
    ];
    expect(first.message).to.equal(
      "There is no Datadog application key. Give it by `pulumi config set --secret datadog:appKey` or in the environment as DD_APP_KEY.",
    );
    expect(second.message).to.equal(
      "The configuration can't work: another error of this run says why.",
    );
    expect(await on.host.outputAtEnd()).to.not.match(/\n\s+at /);
  });

  it("with keys that are refused names the stored ones only when the program didn't run", async () => {
    on.simulator.keys.apiKey = "rotated";
    const stored = await rejection(on.host.read(id(1), seat(1)));
    expect(stored.message)
      .to.include("stored at its last `pulumi up`")
      .and.include("--run-program");

    await on.restart({});
    await on.host.check(seat(1));
    const fresh = await rejection(on.host.create(seat(1)));
    expect(fresh.message).to.match(/responded with 403.* tells which of it is wrong\.$/);
    expect(await on.host.outputAtEnd()).to.not.match(/\n\s+at /);
  });
});
