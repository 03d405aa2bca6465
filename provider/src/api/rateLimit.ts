// When Datadog says that the next request may be sent, and the gate that holds every request of a client until then.
// Source: https://docs.datadoghq.com/api/latest/rate-limits/
import type { Moment } from "./clock";

/** The headers of a response, by lower-case name. */
export type Headers = Readonly<Record<string, unknown>>;

/** Longer waits than this are treated as nonsense: Datadog's longest limits are by the hour. */
const MAX_WAIT_MS = 3_600_000;

/**
 * How long a response asks to wait, in milliseconds: by `x-ratelimit-reset` (seconds, or a Unix time), else by
 * `retry-after` (seconds, or a date). `undefined` when it asks for nothing usable.
 */
export function requestedDelayMs(headers: Headers, wall: number): number | undefined {
  return resetMs(headers["x-ratelimit-reset"], wall) ?? retryAfterMs(headers["retry-after"], wall);
}

export function retryAfterMs(header: unknown, wall: number): number | undefined {
  return inBounds(numberIn(header) ?? (Date.parse(String(header)) - wall) / 1000);
}

function resetMs(header: unknown, wall: number): number | undefined {
  const value = numberIn(header);
  if (value === undefined) return undefined;
  return inBounds(value > 1e9 ? value - wall / 1000 : value);
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
  return ms >= 0 && ms <= MAX_WAIT_MS ? ms : undefined;
}

/** Closed while the limit is used up, for all requests of a client at once. */
export class RateLimitGate {
  private opensAtMs = 0;

  /** Records what a response says about when the next request may be sent. */
  record(status: number, headers: Headers, { monotonic, wall }: Moment): void {
    const usedUp = status === 429 || numberIn(headers["x-ratelimit-remaining"]) === 0;
    if (!usedUp) return;
    const delayMs =
      status === 429
        ? requestedDelayMs(headers, wall)
        : resetMs(headers["x-ratelimit-reset"], wall);
    if (delayMs !== undefined) this.opensAtMs = Math.max(this.opensAtMs, monotonic + delayMs);
  }

  /** When the next request may be sent, by the monotonic clock; 0 when no response has asked to wait yet. */
  get opensAt(): number {
    return this.opensAtMs;
  }
}
