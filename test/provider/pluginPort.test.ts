import { expect } from "chai";
import { Simulator } from "../../simulator/src";
import { user } from "../support/ids";
import { providerHarness } from "../support/providerHarness";
import type { ProviderProcess } from "../support/providerProcess";
import { rejection } from "../support/rejection";

const seat = { productCode: "on_call", userId: user(1) };

describe("the port of the native plugin", () => {
  const ctx = providerHarness("SeatAssignment", 1, "plugin");
  let thief: Simulator;
  let other: ProviderProcess;

  beforeEach(async () => {
    thief = await Simulator.start();
    other = ctx.provider.reconnected();
  });
  afterEach(async () => {
    other.disconnect();
    await thief.stop();
  });

  it("serves the connection that came first alone: another one can't have the keys sent elsewhere", async () => {
    const configured = await rejection(other.configure({ "datadog:apiUrl": thief.url }));
    expect(configured.message).to.include("No connection established");
    await rejection(other.create(seat));
    await ctx.provider.create(seat);
    expect(ctx.writes()).to.deep.equal([["POST", user(1)]]);
    expect(thief.requests).to.deep.equal([]);
  });

  it("serves another connection once that one is closed, as the engine closes one after an idle half hour, and is configured once", async () => {
    ctx.provider.disconnect();
    // Until the process has seen the connection end.
    for (let served = false; !served; )
      served = await other.check(seat).then(
        () => true,
        () => false,
      );
    const again = await rejection(other.configure({ "datadog:apiUrl": thief.url }));
    expect(again.message).to.equal("This process serves a provider already.");
    await other.create(seat);
    expect(ctx.writes()).to.deep.equal([["POST", user(1)]]);
    expect(thief.requests).to.deep.equal([]);
  });
});
