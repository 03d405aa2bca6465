// A call of the Seats API that failed, and the words for what was being done.
import { SeatsError } from "../model/errors";
import { inOrg } from "../model/seat";

/** What a call was for: the words of its errors and the kind of permission it needs. */
export interface Call {
  readonly verb: "list" | "assign" | "unassign" | "validateApiKey" | "validateKeys";
  /** The name of the org, where the program names one. */
  readonly org?: string | undefined;
  /** Empty where keys are validated. */
  readonly productCode: string;
  /** The users of an assignment; empty for a listing. */
  readonly userIds: readonly string[];
}

/**
 * How sure the outcome of a failed call is.
 * - `refused`: Datadog said no (400, 404, 409, 422) to something about these users or this product.
 * - `forbidden`: Datadog said no to the keys (401, 403).
 * - `limited`: the rate limit outlasted the patience of the call (429); the last attempt had no effect.
 * - `unclear`: no answer, a failure of the service, or an answer that makes no sense: a write may have taken effect.
 */
export type Outcome = "refused" | "forbidden" | "limited" | "unclear";

/** A call of the Seats API that failed. */
export class SeatsApiError extends SeatsError {
  constructor(
    readonly call: Call,
    readonly outcome: Outcome,
    /** What Datadog said, or what failed on the way. */
    readonly reason: string,
    private readonly remedy = "",
    /** The HTTP status, where there was an answer. */
    readonly status?: number,
    /** The failure behind this one, where one failure strikes many users. */
    override readonly cause?: SeatsApiError,
  ) {
    super(
      `Could not ${describe(call)}: ${withPeriod(reason)}${remedy && ` ${remedy}`}`,
      `Could not ${describe(call)}, for the reason that an earlier error of this run tells.`,
    );
  }

  /** The same failure, of these users. */
  forUsers(userIds: readonly string[], verb = this.call.verb): SeatsApiError {
    return this.derived({ ...this.call, verb, userIds }, this.remedy);
  }

  /** The same failure with one more sentence for the user. */
  adding(sentence: string): SeatsApiError {
    return this.derived(this.call, [this.remedy, sentence].filter(Boolean).join(" "));
  }

  /** The same failure, of a write that an earlier request may have made already. */
  inDoubt(): SeatsApiError {
    return this.derived(this.call, this.remedy, "unclear");
  }

  private derived(call: Call, remedy: string, outcome = this.outcome): SeatsApiError {
    const { reason, status, cause = this } = this;
    return new SeatsApiError(call, outcome, reason, remedy, status, cause);
  }
}

/** What is behind an error: the same object for all whom one failure struck. */
export function causeOf(error: Error): Error {
  return (error instanceof SeatsApiError && error.cause) || error;
}

/** A call in words: "assign a seat of on_call to user 0000…". */
export function describe({ verb, org, productCode, userIds }: Call): string {
  const product = inOrg(productCode, org);
  const users = userIds.length === 1 ? `user ${userIds[0]}` : `${userIds.length} users`;
  const seat = userIds.length === 1 ? "a seat" : "seats";
  if (verb === "validateApiKey") return "validate the API key";
  if (verb === "validateKeys") return "validate the API key and the application key";
  if (verb === "list") return `list the seats of ${product}`;
  return verb === "assign"
    ? `assign ${seat} of ${product} to ${users}`
    : `unassign ${seat} of ${product} from ${users}`;
}

const withPeriod = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);
