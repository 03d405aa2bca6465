// A call of Datadog's API that failed: how sure it is that it had no effect, and what caused it.
import { SeatsError } from "../model/errors";
import type { Call } from "./call";

/**
 * How sure the outcome of a failed call is.
 * - `refused`: Datadog refused something about these users or this product (400, 404, 409, 422).
 * - `forbidden`: Datadog refused the keys (401, 403).
 * - `limited`: the rate limit outlasted the retry budget of the call (429); the last attempt had no effect.
 * - `unsent`: the request was not sent, because there was no connection to Datadog or the run was cancelled.
 * - `unclear`: there was no response, the service failed, or its response makes no sense: a write may have taken effect.
 */
export type Outcome = "refused" | "forbidden" | "limited" | "unsent" | "unclear";

/** What a response with this status alone tells; a success that counts as a failure makes no sense. */
export function outcomeOfStatus(status: number): Outcome {
  if (status === 401 || status === 403) return "forbidden";
  if (status === 429) return "limited";
  // Only a proxy asks for credentials of its own; one that inspects the traffic does so in place of Datadog.
  if (status === 407) return "unsent";
  return status < 400 || isUnavailable(status) ? "unclear" : "refused";
}

/** Whether a status is about the service and not about the call: a failure (5xx), a timeout (408), or "too early" (425). */
export const isUnavailable = (status: number) => status >= 500 || status === 408 || status === 425;

/** A proxy refused to connect to Datadog. The message completes "the proxy …". */
export class ProxyRefusal extends Error {
  constructor(
    readonly status: number,
    phrase: string | undefined,
  ) {
    super(phrase ? `responded with ${status} ${phrase}` : "did not respond as a proxy does");
  }
}

/** A call of Datadog's API that failed. The message says what failed, what Datadog said and what to do. */
export class SeatsApiError extends SeatsError {
  /** How sure it is that the call had no effect. */
  readonly outcome: Outcome;

  /**
   * @param lastOutcome of the last request: once an earlier one of the same write may have taken effect, the call ends
   * as `unclear` whatever the last one tells, because a refusal then may well be about what the earlier one did
   * @internal
   */
  constructor(
    /** @internal */
    readonly call: Call,
    lastOutcome: Outcome,
    /** What Datadog said, or what failed on the way there. */
    readonly reason: string,
    /** @internal */
    readonly remedy = "",
    /** The HTTP status, where there was a response. */
    readonly status?: number,
  ) {
    const whatFailed = `Could not ${call.describe(call.userIds)}`;
    super(
      `${whatFailed}: ${withPeriod(reason)}${remedy && ` ${remedy}`}`,
      `${whatFailed}: another error of this run says why.`,
    );
    this.outcome = call.inDoubt ? "unclear" : lastOutcome;
  }

  /**
   * The same failure, of these users; of another call of theirs with `call`.
   *
   * @internal
   */
  forUsers(userIds: readonly string[], call = this.call): SeatsApiError {
    return this.derived({ ...call, userIds }, this.remedy);
  }

  /**
   * The same failure with one more sentence for the user.
   *
   * @internal
   */
  adding(sentence: string): SeatsApiError {
    return this.derived(this.call, [this.remedy, sentence].filter(Boolean).join(" "));
  }

  /**
   * The same failure, without what to do about it.
   *
   * @internal
   */
  withoutRemedy(): SeatsApiError {
    return this.derived(this.call, "");
  }

  private derived(call: Call, remedy: string): SeatsApiError {
    return new SeatsApiError(call, this.outcome, this.reason, remedy, this.status);
  }
}

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/**
 * What caused an error, the same text for all whom one cause affects, so that it is acted on and reported once: what
 * Datadog said in response to which kind of call, whichever users and counts it named.
 */
export function causeOf(error: Error): string {
  if (!(error instanceof SeatsApiError)) return error.message.replace(/\d+/g, "#");
  const { call, reason, status = "" } = error;
  const words = reason.replace(UUID, "…").replace(/\d+/g, "#");
  return [call.permission?.to, call.productCode, status, words].join("; ");
}

const withPeriod = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

/** The end of a call whose run was cancelled before the next attempt. */
export const cancelled = (call: Call) =>
  new SeatsApiError(
    call,
    "unsent",
    "the run was cancelled before this was sent",
    "Run the command again.",
  );
