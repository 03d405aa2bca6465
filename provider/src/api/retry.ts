// Decides whether a call is sent again after an attempt that failed, and after how long.
// Every call sets a state instead of changing it, so it may be sent again, whatever became of the attempt before.
import type { AxiosError } from "axios";
import axiosRetry from "axios-retry";
import { wasKept, wasSent } from "./agent";
import { isUntrusted } from "./certificate";
import type { Moment } from "./clock";
import { isUnavailable, type Outcome, outcomeOfStatus, ProxyRefusal } from "./errors";
import { requestedDelayMs, retryAfterMs } from "./rateLimit";

/** How many attempts may fail for another reason than the rate limit. */
export const MAX_FAILURES = 5;
const MIN_BACKOFF_MS = 500;
const MAX_BACKOFF_MS = 30_000;
/** An attempt with less time than this isn't begun after a wait, because cutting it off would only leave it in doubt. */
const MIN_ATTEMPT_MS = 1000;

/** The attempts of one call so far. Times are by the monotonic clock, in milliseconds. */
export interface Attempts {
  readonly startedAt: number;
  /** When the retry budget ends. */
  readonly deadline: number;
  /** How many attempts failed for another reason than the rate limit. */
  readonly failures: number;
  /** Whether one of them may have taken effect. */
  readonly inDoubt: boolean;
  /** How many attempts the rate limit refused. */
  readonly limited: number;
}

/** What follows an attempt that failed. */
export interface Decision {
  /** The attempts so far, with the one that failed. */
  readonly attempts: Attempts;
  readonly shouldRetry: boolean;
  /** How long to wait before the next attempt, in milliseconds. */
  readonly delayMs: number;
}

/** @param maxWaitMs the retry budget of the call: how long it may take with all its attempts and waits */
export function firstAttempt(startedAt: number, maxWaitMs: number): Attempts {
  return { startedAt, deadline: startedAt + maxWaitMs, failures: 0, inDoubt: false, limited: 0 };
}

/** Until when another attempt may begin. */
export const latestStart = ({ deadline }: Attempts) => deadline - MIN_ATTEMPT_MS;

/** @param gateOpensAt when the rate limit lets the next request pass, by the monotonic clock */
export function decide(
  before: Attempts,
  error: AxiosError,
  { monotonic, wall }: Moment,
  gateOpensAt: number,
): Decision {
  if (!isTransient(error)) return { attempts: before, shouldRetry: false, delayMs: 0 };
  const inDoubt = before.inDoubt || outcomeOf(error) === "unclear";
  if (wasKept(error)) {
    // Another connection may well work, so this says nothing about Datadog.
    const shouldRetry = monotonic <= latestStart(before);
    return { attempts: { ...before, inDoubt }, shouldRetry, delayMs: 0 };
  }
  const headers = error.response?.headers ?? {};
  const isLimited = error.response?.status === 429;
  const attempts = {
    ...before,
    limited: before.limited + (isLimited ? 1 : 0),
    failures: before.failures + (isLimited ? 0 : 1),
    inDoubt,
  };
  const delayMs = isLimited
    ? limitedDelayMs(requestedDelayMs(headers, wall), attempts.limited)
    : (retryAfterMs(headers["retry-after"], wall) ?? backoffMs(attempts.failures));
  const nextStart = Math.max(monotonic + delayMs, gateOpensAt);
  return {
    attempts,
    shouldRetry: attempts.failures < MAX_FAILURES && nextStart <= latestStart(attempts),
    delayMs,
  };
}

/** The gate waits for what a 429 asks. One that asks for hardly any wait is not believed. */
function limitedDelayMs(requestedMs = 0, count: number): number {
  return requestedMs < MIN_BACKOFF_MS ? backoffMs(count) : 0;
}

/** Exponential, with jitter so that many stacks don't come back at the same moment. */
function backoffMs(count: number): number {
  const ceiling = Math.min(MAX_BACKOFF_MS, MIN_BACKOFF_MS * 2 ** (count - 1));
  return ceiling * (0.5 + Math.random() / 2);
}

/** What a failed attempt alone tells. */
export function outcomeOf(error: AxiosError): Outcome {
  if (error.response) return outcomeOfStatus(error.response.status);
  return wasSent(error) ? "unclear" : "unsent";
}

/** Whether another attempt may end better. */
function isTransient(error: AxiosError): boolean {
  const status = error.response?.status;
  if (status !== undefined && !isSuccess(status)) return status === 429 || isUnavailable(status);
  if (error.cause instanceof ProxyRefusal) return isUnavailable(error.cause.status);
  if (isTooLong(error) || isUntrusted(error)) return false;
  // A body that ends early is an error with a response of status 2xx.
  return status !== undefined || isTimeout(error) || axiosRetry.isNetworkError(error);
}

export const isSuccess = (status: number) => status >= 200 && status < 300;

export function isTimeout({ code }: AxiosError): boolean {
  // ERR_CANCELED: only the time limit of an attempt cancels one.
  return code === "ERR_CANCELED" || code === "ETIMEDOUT";
}

/** Whether the response was longer than `maxContentLength`: axios then gives this code and no response. */
export const isTooLong = ({ code, response }: AxiosError) =>
  code === "ERR_BAD_RESPONSE" && response === undefined;
