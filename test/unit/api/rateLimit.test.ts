import { expect } from "chai";
import { askedDelayMs, RateLimitGate } from "../../../provider/src/api/rateLimit";

const now = Date.UTC(2026, 0, 1);
const reset = (value: unknown) => askedDelayMs({ "x-ratelimit-reset": value }, now);
const after = (value: unknown) => askedDelayMs({ "retry-after": value }, now);

describe("askedDelayMs", () => {
  it("reads x-ratelimit-reset in seconds, doubled or not", () => {
    expect(reset("7")).to.equal(7000);
    expect(reset("7 , 7")).to.equal(7000);
    expect(reset("0.25")).to.equal(250);
    expect(reset("0")).to.equal(0);
  });

  it("reads x-ratelimit-reset as a Unix time", () => {
    expect(reset(String(now / 1000 + 30))).to.equal(30_000);
  });

  it("takes nonsense for nothing asked", () => {
    for (const value of [undefined, "", "soon", "7s", "in 7", "-5", "31536000", "NaN", "1e9"]) {
      expect(reset(value), String(value)).to.equal(undefined);
    }
    expect(reset(String(now / 1000 - 30)), "a time in the past").to.equal(undefined);
    expect(reset(String(now / 1000 + 86_400)), "tomorrow").to.equal(undefined);
  });

  it("falls back to retry-after, in seconds or as a date", () => {
    expect(after("3")).to.equal(3000);
    expect(after(new Date(now + 60_000).toUTCString())).to.equal(60_000);
    expect(after("Sun, 06 Nov 1994 08:49:37 GMT")).to.equal(undefined);
    expect(askedDelayMs({ "x-ratelimit-reset": "soon", "retry-after": "4" }, now)).to.equal(4000);
    expect(askedDelayMs({ "x-ratelimit-reset": "2", "retry-after": "4" }, now)).to.equal(2000);
  });
});

describe("RateLimitGate", () => {
  it("shuts on a 429 for as long as it asks", () => {
    const gate = new RateLimitGate();
    gate.note(429, { "x-ratelimit-reset": "5" }, now);
    expect(gate.opens).to.equal(now + 5000);
  });

  it("shuts when an answer says that nothing remains, before any 429", () => {
    const gate = new RateLimitGate();
    gate.note(200, { "x-ratelimit-remaining": "1", "x-ratelimit-reset": "5" }, now);
    expect(gate.opens).to.equal(0);
    gate.note(200, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "5" }, now);
    expect(gate.opens).to.equal(now + 5000);
  });

  it("heeds retry-after on a 429 only", () => {
    const gate = new RateLimitGate();
    gate.note(200, { "x-ratelimit-remaining": "0", "retry-after": "5" }, now);
    expect(gate.opens).to.equal(0);
    gate.note(429, { "retry-after": "5" }, now);
    expect(gate.opens).to.equal(now + 5000);
  });

  it("is not opened earlier by a later answer", () => {
    const gate = new RateLimitGate();
    gate.note(429, { "x-ratelimit-reset": "5" }, now);
    gate.note(429, { "x-ratelimit-reset": "1" }, now);
    expect(gate.opens).to.equal(now + 5000);
  });
});
