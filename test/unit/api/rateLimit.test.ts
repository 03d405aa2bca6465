import { expect } from "chai";
import { RateLimitGate, requestedDelayMs } from "../../../provider/src/api/rateLimit";

const wall = Date.UTC(2026, 0, 1);
const moment = { monotonic: 1000, wall };
const reset = (value: unknown) => requestedDelayMs({ "x-ratelimit-reset": value }, wall);
const after = (value: unknown) => requestedDelayMs({ "retry-after": value }, wall);

describe("requestedDelayMs", () => {
  it("reads x-ratelimit-reset in seconds, doubled or not", () => {
    expect(reset("7")).to.equal(7000);
    expect(reset("7 , 7")).to.equal(7000);
    expect(reset("0.25")).to.equal(250);
    expect(reset("0")).to.equal(0);
  });

  it("reads x-ratelimit-reset as a Unix time", () => {
    expect(reset(String(wall / 1000 + 30))).to.equal(30_000);
  });

  it("treats nonsense as nothing asked", () => {
    for (const value of [undefined, "", "soon", "7s", "in 7", "-5", "31536000", "NaN", "1e9"]) {
      expect(reset(value), String(value)).to.equal(undefined);
    }
    expect(reset(String(wall / 1000 - 30)), "a time in the past").to.equal(undefined);
    expect(reset(String(wall / 1000 + 86_400)), "tomorrow").to.equal(undefined);
  });

  it("falls back to retry-after, in seconds or as a date", () => {
    expect(after("3")).to.equal(3000);
    expect(after(new Date(wall + 60_000).toUTCString())).to.equal(60_000);
    expect(after("Sun, 06 Nov 1994 08:49:37 GMT")).to.equal(undefined);
    expect(requestedDelayMs({ "x-ratelimit-reset": "soon", "retry-after": "4" }, wall)).to.equal(
      4000,
    );
    expect(requestedDelayMs({ "x-ratelimit-reset": "2", "retry-after": "4" }, wall)).to.equal(2000);
  });
});

describe("RateLimitGate", () => {
  it("closes on a 429 for as long as it asks", () => {
    const gate = new RateLimitGate();
    gate.record(429, { "x-ratelimit-reset": "5" }, moment);
    expect(gate.opensAt).to.equal(moment.monotonic + 5000);
  });

  it("closes when a response says that nothing remains, before any 429", () => {
    const gate = new RateLimitGate();
    gate.record(200, { "x-ratelimit-remaining": "1", "x-ratelimit-reset": "5" }, moment);
    expect(gate.opensAt).to.equal(0);
    gate.record(200, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "5" }, moment);
    expect(gate.opensAt).to.equal(moment.monotonic + 5000);
  });

  it("respects retry-after on a 429 only", () => {
    const gate = new RateLimitGate();
    gate.record(200, { "x-ratelimit-remaining": "0", "retry-after": "5" }, moment);
    expect(gate.opensAt).to.equal(0);
    gate.record(429, { "retry-after": "5" }, moment);
    expect(gate.opensAt).to.equal(moment.monotonic + 5000);
  });

  it("is not opened earlier by a later response", () => {
    const gate = new RateLimitGate();
    gate.record(429, { "x-ratelimit-reset": "5" }, moment);
    gate.record(429, { "x-ratelimit-reset": "1" }, moment);
    expect(gate.opensAt).to.equal(moment.monotonic + 5000);
  });

  it("turns a Unix time into a duration by the wall clock, and waits by the monotonic one", () => {
    const gate = new RateLimitGate();
    gate.record(429, { "x-ratelimit-reset": String(wall / 1000 + 7) }, moment);
    expect(gate.opensAt).to.equal(moment.monotonic + 7000);
  });
});
