import type { AxiosError } from "axios";
import { expect } from "chai";
import { ProxyRefusal } from "../../../provider/src/api/errors";
import {
  type Attempts,
  decide,
  firstAttempt,
  isTooLong,
  MAX_FAILURES,
} from "../../../provider/src/api/retry";

const wall = Date.UTC(2026, 0, 1);
const startedAt = 5000;
const none = firstAttempt(startedAt, 60_000);

/** The decision a second after the call began. */
const after = (error: Partial<AxiosError>, before: Attempts = none, gateOpensAt = 0) =>
  decide(before, error as AxiosError, { monotonic: startedAt + 1000, wall }, gateOpensAt);
const response = (status: number, headers: Record<string, string> = {}) =>
  ({ response: { status, headers } }) as Partial<AxiosError>;

describe("decide", () => {
  it("retries after what may pass", () => {
    const codes = ["ERR_CANCELED", "ETIMEDOUT", "ECONNRESET", "ECONNREFUSED"];
    const statuses = [429, 408, 425, 500, 599];
    // A 200 is one that broke off.
    for (const error of [
      ...[...statuses, 200].map((one) => response(one)),
      ...codes.map((code) => ({ code })),
    ]) {
      expect(after(error).shouldRetry, JSON.stringify(error)).to.equal(true);
    }
  });

  const final: [string, Partial<AxiosError>][] = [
    ["307", response(307)],
    ["400", response(400)],
    ["403", response(403)],
    ["422", response(422)],
    ["a response that is too long", { code: "ERR_BAD_RESPONSE" }],
    ["a host that doesn't exist", { code: "ENOTFOUND" }],
    ["an expired certificate", { code: "CERT_HAS_EXPIRED" }],
    ["a certificate for another host", { code: "ERR_TLS_CERT_ALTNAME_INVALID" }],
    ["a proxy's refusal", { cause: new ProxyRefusal(407, "Proxy Authentication Required") }],
    ["an error without a code, such as a bug", {}],
  ];
  for (const [what, error] of final) {
    it(`does not retry after ${what}, which counts as no failure that may pass`, () => {
      expect(after(error)).to.deep.equal({ attempts: none, shouldRetry: false, delayMs: 0 });
    });
  }

  it("counts failures and 429s apart, and leaves the attempts before as they are", () => {
    const failed = after(response(502)).attempts;
    const limited = after(response(429), failed).attempts;
    expect([none.failures, failed.failures, limited.failures]).to.deep.equal([0, 1, 1]);
    expect([none.limited, failed.limited, limited.limited]).to.deep.equal([0, 0, 1]);
    expect([none, failed, limited].map(({ inDoubt }) => inDoubt)).to.deep.equal([
      false,
      true,
      true,
    ]);
  });

  it("leaves nothing in doubt by an attempt without a connection, but what was in doubt before", () => {
    for (const code of ["ECONNREFUSED", "EAI_AGAIN"]) {
      const unsent = after({ code }).attempts;
      expect(unsent, code).to.include({ failures: 1, inDoubt: false });
      expect(after({ code }, after(response(502)).attempts).attempts.inDoubt, code).to.equal(true);
    }
  });

  it("does not count a failure on a kept connection, however many there were", () => {
    const kept = { code: "ECONNRESET", request: { reusedSocket: true } };
    const almost = { ...none, failures: MAX_FAILURES - 1 };
    expect(after(kept, almost)).to.deep.equal({ attempts: almost, shouldRetry: true, delayMs: 0 });
    expect(after(kept, { ...none, deadline: startedAt + 1999 }).shouldRetry).to.equal(false);
    const tooLong = { ...kept, code: "ERR_BAD_RESPONSE" };
    expect(after(tooLong).shouldRetry).to.equal(false);
  });

  it("gives up after the last failure that is allowed, but not for 429s", () => {
    const almost = { ...none, failures: MAX_FAILURES - 1, limited: 100 };
    expect(after(response(502), { ...almost, failures: MAX_FAILURES - 2 }).shouldRetry).to.equal(
      true,
    );
    expect(after(response(502), almost).shouldRetry).to.equal(false);
    expect(after(response(429), almost).shouldRetry).to.equal(true);
  });

  it("doubles the wait with every failure, up to half a minute, with jitter of a half", () => {
    for (const [failures, ceiling] of [
      [0, 500],
      [1, 1000],
      [2, 2000],
      [3, 4000],
    ] as const) {
      const { delayMs } = after(response(502), { ...none, failures });
      expect(delayMs).to.be.within(ceiling / 2, ceiling);
    }
    expect(after(response(429), { ...none, limited: 50 }).delayMs).to.be.within(15_000, 30_000);
  });

  it("waits as long as retry-after says after a failure, in seconds or as a date", () => {
    expect(after(response(503, { "retry-after": "7" })).delayMs).to.equal(7000);
    const date = new Date(wall + 9000).toUTCString();
    expect(after(response(503, { "retry-after": date })).delayMs).to.equal(9000);
  });

  it("leaves the wait of a 429 to the gate, unless it asks for hardly any", () => {
    expect(after(response(429, { "x-ratelimit-reset": "7" })).delayMs).to.equal(0);
    expect(after(response(429, { "x-ratelimit-reset": "0.4" })).delayMs).to.be.within(250, 500);
  });

  it("retries only while an attempt of a second fits into the retry budget", () => {
    // A second of the minute has passed.
    expect(after(response(503, { "retry-after": "58" })).shouldRetry).to.equal(true);
    expect(after(response(503, { "retry-after": "59" })).shouldRetry).to.equal(false);
    expect(after(response(429), none, startedAt + 59_000).shouldRetry).to.equal(true);
    expect(after(response(429), none, startedAt + 59_001).shouldRetry).to.equal(false);
  });
});

describe("isTooLong", () => {
  it("is told by axios' code, and by the response that is missing", () => {
    const code = "ERR_BAD_RESPONSE";
    expect(isTooLong({ code } as AxiosError)).to.equal(true);
    expect(isTooLong({ ...response(503), code } as AxiosError), "503").to.equal(false);
    expect(isTooLong({ code: "ECONNRESET" } as AxiosError)).to.equal(false);
  });
});
