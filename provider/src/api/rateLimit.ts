// What Datadog says about when to ask again, and the gate that makes every request of a client heed it.
// Source: https://docs.datadoghq.com/api/latest/rate-limits/

/** The headers of an answer, by lower-case name. */
export type Headers = Readonly<Record<string, unknown>>;

/** Longer waits than this are taken for nonsense: Datadog's longest limits are by the hour. */
const LONGEST_MS = 3_600_000;

/**
 * How long an answer asks to wait, in milliseconds: by `x-ratelimit-reset` (seconds, or a Unix time), else by
 * `retry-after` (seconds, or a date). `undefined` when it asks for nothing usable.
 */
export function askedDelayMs(headers: Headers, now: number): number | undefined {
  return resetMs(headers["x-ratelimit-reset"], now) ?? retryAfterMs(headers["retry-after"], now);
}

export function retryAfterMs(header: unknown, now: number): number | undefined {
  return inBounds(numberIn(header) ?? (Date.parse(String(header)) - now) / 1000);
}

function resetMs(header: unknown, now: number): number | undefined {
  const value = numberIn(header);
  if (value === undefined) return undefined;
  return inBounds(value > 1e9 ? value - now / 1000 : value);
}

/** A header that a proxy has doubled reads "7, 7". */
function numberIn(header: unknown): number | undefined {
  const text =
    String(header ?? "")
      .split(",")[0]
      ?.trim() ?? "";
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

function inBounds(seconds: number): number | undefined {
  const ms = Math.ceil(seconds * 1000);
  return ms >= 0 && ms <= LONGEST_MS ? ms : undefined;
}

/** Shut while the limit is used up, for all requests of a client at once. */
export class RateLimitGate {
  private opensAt = 0;

  /** Takes an answer's word for when the next request may be sent. */
  note(status: number, headers: Headers, now: number): void {
    const usedUp = status === 429 || numberIn(headers["x-ratelimit-remaining"]) === 0;
    if (!usedUp) return;
    const delay =
      status === 429 ? askedDelayMs(headers, now) : resetMs(headers["x-ratelimit-reset"], now);
    if (delay !== undefined) this.opensAt = Math.max(this.opensAt, now + delay);
  }

  /** When the next request may be sent, as a Unix time in milliseconds; past when it may go at once. */
  get opens(): number {
    return this.opensAt;
  }
}
