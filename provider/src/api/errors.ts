// A call of Datadog's API that failed.
import { SeatsError } from "../model/errors";
import type { Call } from "./call";

/**
 * How sure the outcome of a failed call is.
 * - `refused`: Datadog refused something about these users or this product (400, 404, 409, 422).
 * - `forbidden`: Datadog refused the keys (401, 403).
 * - `limited`: the rate limit outlasted the retry budget of the call (429); the last attempt had no effect.
 * - `unsent`: the request was not sent, because there was no connection or the run was cancelled.
 * - `unclear`: there was no response, the service failed, or its response makes no sense: a write may have taken effect.
 */
export type Outcome = "refused" | "forbidden" | "limited" | "unsent" | "unclear";

/** A call of Datadog's API that failed. The message says what failed, what Datadog said and what to do. */
export class SeatsApiError extends SeatsError {
  /** @internal */
  constructor(
    /** @internal */
    readonly call: Call,
    /** How sure it is that the call had no effect. */
    readonly outcome: Outcome,
    /** What Datadog said, or what failed on the way there. */
    readonly reason: string,
    /** @internal */
    readonly remedy = "",
    /** The HTTP status, where there was a response. */
    readonly status?: number,
    /** The failure behind this one, where one failure affects many users. */
    override readonly cause?: SeatsApiError,
  ) {
    const whatFailed = `Could not ${call.describe(call.userIds)}`;
    super(
      `${whatFailed}: ${withPeriod(reason)}${remedy && ` ${remedy}`}`,
      `${whatFailed}: another error of this run says why.`,
    );
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

  /**
   * The same failure, of a write that an earlier request may have made already.
   *
   * @internal
   */
  inDoubt(): SeatsApiError {
    return this.derived(this.call, this.remedy, "unclear");
  }

  private derived(call: Call, remedy: string, outcome = this.outcome): SeatsApiError {
    const { reason, status, cause = this } = this;
    return new SeatsApiError(call, outcome, reason, remedy, status, cause);
  }
}

/** What is behind an error: the same object for all users whom one failure affects. */
export function causeOf(error: Error): Error {
  return (error instanceof SeatsApiError && error.cause) || error;
}

const withPeriod = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

/**
 * The end of a call whose run was cancelled before the next attempt.
 *
 * @param inDoubt whether an earlier attempt may have taken effect
 */
export const cancelled = (call: Call, inDoubt: boolean) =>
  new SeatsApiError(
    call,
    inDoubt ? "unclear" : "unsent",
    "the run was cancelled before this was sent",
    "Run the command again.",
  );
