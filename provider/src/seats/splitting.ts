// A refused batch is sent again in ever smaller parts, so that only those fail whom the refusal is about.
import { SeatsApiError } from "../api/errors";

/** Statuses of a response that may be about single users of a batch, also when an earlier attempt is in doubt. */
const SPLITTABLE_STATUSES = [400, 404, 409, 422];

/**
 * After so many users were refused one by one, in the same words, which name none of them, and without one success in
 * between, these words are about more than single users: the plan is full, or there is no such product. A part that is
 * refused in them is then not split any more.
 */
const MAX_REFUSED_ALONE = 8;

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** Two refusals with the same words have the same cause: the UUIDs of the request and counts may differ. */
export const refusalWords = ({ reason }: SeatsApiError) =>
  reason.replace(UUID, "…").replace(/\d+/g, "#");

/** What became of each user, by UUID. */
export type Results<Result> = Map<string, Result | SeatsApiError>;

interface Part {
  readonly userIds: readonly string[];
  /** Whether an earlier request may have taken effect for these users. */
  readonly inDoubt: boolean;
}

export class Splitter<Result> {
  /** How many users were refused alone in a row, and in which words. */
  private refusedAlone = { words: "", count: 0 };
  /** One batch at a time is split, so that the next one profits from what it has shown. */
  private turn: Promise<unknown> = Promise.resolve();

  /** @param send one request for some users; rejects with a SeatsApiError when it failed for all of them */
  constructor(
    private readonly send: (
      userIds: readonly string[],
      inDoubt: boolean,
    ) => Promise<Results<Result>>,
  ) {}

  /** Sends one request, and more when it is refused. */
  async sendSplitting(userIds: readonly string[]): Promise<Results<Result>> {
    const whole = { userIds, inDoubt: false };
    const outcome = await this.attempt(whole);
    if (outcome instanceof Map) return outcome;
    if (userIds.length === 1) return failed(whole, outcome);
    const results = this.turn.then(() => this.split(whole, outcome));
    this.turn = results.catch(() => undefined);
    return results;
  }

  private async split(part: Part, refusal: SeatsApiError): Promise<Results<Result>> {
    const [userId = "", second] = part.userIds;
    if (second === undefined) this.recordAlone(userId, refusal);
    if (second === undefined || this.concernsAll(refusal)) return failed(part, refusal);
    const results: Results<Result> = new Map();
    for (const half of halves(part, refusal)) {
      const outcome = await this.attempt(half);
      const more = outcome instanceof Map ? outcome : await this.split(half, outcome);
      for (const [id, result] of more) results.set(id, result);
    }
    return results;
  }

  /** What became of the users, or a refusal that may be about some of them only. */
  private async attempt(part: Part): Promise<Results<Result> | SeatsApiError> {
    try {
      const results = await this.send(part.userIds, part.inDoubt);
      this.refusedAlone = { words: "", count: 0 };
      return results;
    } catch (error) {
      if (!(error instanceof SeatsApiError)) throw error;
      return isSplittable(error) ? error : failed(part, error);
    }
  }

  private recordAlone(userId: string, refusal: SeatsApiError): void {
    if (refusal.reason.toLowerCase().includes(userId)) return;
    const words = refusalWords(refusal);
    const count = words === this.refusedAlone.words ? this.refusedAlone.count + 1 : 1;
    this.refusedAlone = { words, count };
  }

  /** Whether a refusal in these words is about more than single users. */
  private concernsAll(refusal: SeatsApiError): boolean {
    const { words, count } = this.refusedAlone;
    return count >= MAX_REFUSED_ALONE && words === refusalWords(refusal);
  }
}

function isSplittable({ status = 0, outcome }: SeatsApiError): boolean {
  return outcome === "refused" || SPLITTABLE_STATUSES.includes(status);
}

/** Every other user, so that neighbours in a list, who often share a fault, are told apart early. */
function halves({ userIds, inDoubt }: Part, refusal: SeatsApiError): Part[] {
  // What was refused may have taken effect when it was sent before.
  const doubt = inDoubt || refusal.outcome === "unclear";
  const everyOther = (offset: number) => ({
    userIds: userIds.filter((_, n) => n % 2 === offset),
    inDoubt: doubt,
  });
  return [everyOther(0), everyOther(1)];
}

function failed<Result>({ userIds, inDoubt }: Part, error: SeatsApiError): Results<Result> {
  const failure = inDoubt ? error.inDoubt() : error;
  return new Map(userIds.map((userId) => [userId, failure.forUsers([userId])]));
}
