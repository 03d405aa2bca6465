// When an attempt is repeated, and after how long.
// All three verbs set a state instead of changing it, so each may be sent again, whatever became of the first attempt.
import type { AxiosError } from "axios";
import axiosRetry from "axios-retry";
import { askedDelayMs, retryAfterMs } from "./rateLimit";

/** How often a call is sent before a failure that is not the rate limit's counts as final. */
export const MOST_FAILURES = 5;
const FIRST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 30_000;
/** An attempt with less time than this isn't begun after a wait: cut off at once, it would only leave doubt behind. */
const LEAST_ATTEMPT_MS = 1000;

/** The attempts of one call. */
export class Attempts {
  readonly started = Date.now();
  /** How many attempts failed for another reason than the rate limit. */
  failures = 0;
  /** The wait before the next attempt, in milliseconds. */
  delayMs = 0;
  private limits = 0;

  constructor(private readonly maxWaitMs: number) {}

  /** Whether an attempt before the last one may have taken effect. */
  get doubtful(): boolean {
    return this.failures > 0;
  }

  /** When the call's patience ends, as a Unix time in milliseconds. */
  get deadline(): number {
    return this.started + this.maxWaitMs;
  }

  /** Until when another attempt may be begun. */
  get latestStart(): number {
    return this.deadline - LEAST_ATTEMPT_MS;
  }

  /** Decides whether another attempt follows a failed one, and sets `delayMs`. */
  mayGoOn(error: AxiosError, gateOpens: number): boolean {
    if (!isTransient(error)) return false;
    const now = Date.now();
    const headers = error.response?.headers ?? {};
    if (error.response?.status === 429) {
      // What the answer asks for is the gate's to wait for, together with all other calls.
      this.limits += 1;
      // An answer that asks for no wait, or hardly any, is not believed.
      const askedMs = askedDelayMs(headers, now) ?? 0;
      this.delayMs = askedMs < FIRST_BACKOFF_MS ? backoffMs(this.limits) : 0;
    } else {
      this.failures += 1;
      if (this.failures >= MOST_FAILURES) return false;
      this.delayMs = retryAfterMs(headers["retry-after"], now) ?? backoffMs(this.failures);
    }
    return Math.max(now + this.delayMs, gateOpens) <= this.latestStart;
  }
}

/** Exponential, with jitter so that many stacks don't come back at the same moment. */
function backoffMs(count: number): number {
  const ceiling = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (count - 1));
  return ceiling * (0.5 + Math.random() / 2);
}

function isTransient(error: AxiosError): boolean {
  const status = error.response?.status;
  if (status !== undefined && !isSuccess(status)) return status === 429 || status >= 500;
  if (isTooLong(error)) return false;
  // A body that ends early comes as an error with a response of status 2xx.
  return status !== undefined || isTimeout(error) || axiosRetry.isNetworkError(error);
}

export const isSuccess = (status: number) => status >= 200 && status < 300;

export function isTimeout({ code }: AxiosError): boolean {
  // ERR_CANCELED: by the time limit of the attempt, for nothing else cancels one.
  return code === "ERR_CANCELED" || code === "ETIMEDOUT";
}

export const isTooLong = (error: AxiosError) => /maxContentLength/.test(error.message);
