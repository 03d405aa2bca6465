// A refused batch (mostly a 422) is sent again in ever smaller parts, so that only those fail whom the refusal is about.
import { causeOf, outcomeOfStatus, SeatsApiError } from "../api/errors";

/**
 * After so many users were refused one by one, in the same words, which name none of them, and without one success in
 * between, these words are about more than single users, such as a product that does not exist. A part that is
 * refused in them is then not split any more.
 */
const MAX_REFUSED_ALONE = 8;

/** What became of each user, by UUID. */
export type Results<Result> = Map<string, Result | SeatsApiError>;

export class Splitter<Result> {
  /** How many users were refused alone in a row, and with which cause. */
  private refusedAlone = { cause: "", count: 0 };
  /** One batch at a time is split, so that the next one profits from what it has shown. */
  private turn: Promise<unknown> = Promise.resolve();

  /**
   * @param send one request for some users, perhaps `inDoubt` because an earlier one may have taken effect for them;
   * rejects with a SeatsApiError when it failed for all of them
   */
  constructor(
    private readonly send: (
      userIds: readonly string[],
      inDoubt: boolean,
    ) => Promise<Results<Result>>,
  ) {}

  /** Sends one request, and more when it is refused. */
  async sendSplitting(userIds: readonly string[]): Promise<Results<Result>> {
    const outcome = await this.attempt(userIds, false);
    if (outcome instanceof Map) return outcome;
    if (userIds.length === 1) return failed(userIds, outcome);
    const results = this.turn.then(() => this.split(userIds, outcome));
    this.turn = results.catch(() => undefined);
    return results;
  }

  private async split(
    userIds: readonly string[],
    refusal: SeatsApiError,
  ): Promise<Results<Result>> {
    if (this.isFinal(userIds, refusal)) return failed(userIds, refusal);
    const results: Results<Result> = new Map();
    for (const half of halves(userIds)) {
      // What was refused may have taken effect when it was sent before.
      const outcome = await this.attempt(half, refusal.outcome === "unclear");
      const more = outcome instanceof Map ? outcome : await this.split(half, outcome);
      for (const [id, result] of more) results.set(id, result);
    }
    return results;
  }

  /** What became of the users, or a refusal that may be about some of them only. */
  private async attempt(
    userIds: readonly string[],
    inDoubt: boolean,
  ): Promise<Results<Result> | SeatsApiError> {
    try {
      const results = await this.send(userIds, inDoubt);
      this.refusedAlone = { cause: "", count: 0 };
      return results;
    } catch (error) {
      if (!(error instanceof SeatsApiError)) throw error;
      return isSplittable(error) ? error : failed(userIds, error);
    }
  }

  /** Whether splitting shows no more: a user stands alone, which is counted, or the words are about more than him. */
  private isFinal([userId = "", second]: readonly string[], refusal: SeatsApiError): boolean {
    const cause = causeOf(refusal);
    const count = cause === this.refusedAlone.cause ? this.refusedAlone.count : 0;
    if (second !== undefined) return count >= MAX_REFUSED_ALONE;
    if (!refusal.reason.toLowerCase().includes(userId)) {
      this.refusedAlone = { cause, count: count + 1 };
    }
    return true;
  }
}

/** A refusal may be about single users of a batch, also one that leaves it in doubt what earlier requests did. */
const isSplittable = ({ status }: SeatsApiError) =>
  status !== undefined && outcomeOfStatus(status) === "refused";

/** Every other user, so that neighbours in a list, who often share a fault, are told apart early. */
const halves = (userIds: readonly string[]) =>
  [0, 1].map((offset) => userIds.filter((_, n) => n % 2 === offset));

const failed = <Result>(userIds: readonly string[], error: SeatsApiError): Results<Result> =>
  new Map(userIds.map((userId) => [userId, error.forUsers([userId])]));
