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
  type Response = readonly [status: number, headers: Record<string, string>];
  /** For how long the gate is closed after these responses. */
  function closedFor(...responses: Response[]): number {
    const gate = new RateLimitGate();
    for (const [status, headers] of responses) gate.record(status, headers, moment);
    return gate.opensAt === 0 ? 0 : gate.opensAt - moment.monotonic;
  }
  const after = (remaining: string): Response => [
    200,
    { "x-ratelimit-remaining": remaining, "x-ratelimit-reset": "5" },
  ];

  it("closes on a 429 for as long as it asks, and a later response doesn't open it earlier", () => {
    expect(closedFor([429, { "x-ratelimit-reset": "5" }])).to.equal(5000);
    const both = ["5", "1"].map((reset): Response => [429, { "x-ratelimit-reset": reset }]);
    expect(closedFor(...both)).to.equal(5000);
  });

  it("closes when a response says that nothing remains, before any 429", () => {
    expect(closedFor(after("1"))).to.equal(0);
    expect(closedFor(after("1"), after("0"))).to.equal(5000);
  });

  it("respects retry-after on a 429 only", () => {
    const well: Response = [200, { "x-ratelimit-remaining": "0", "retry-after": "5" }];
    expect(closedFor(well)).to.equal(0);
    expect(closedFor(well, [429, { "retry-after": "5" }])).to.equal(5000);
  });

  it("turns a Unix time into a duration by the wall clock, and waits by the monotonic one", () => {
    expect(closedFor([429, { "x-ratelimit-reset": String(wall / 1000 + 7) }])).to.equal(7000);
  });
});
