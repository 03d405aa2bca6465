// A refused batch is sent again in ever smaller pieces, so that only those fail whom the refusal is about.
import { SeatsApiError } from "../api/errors";

/** Statuses of a response that may be about single users of a batch, also when an earlier attempt is in doubt. */
const SPLITTABLE_STATUSES = [400, 404, 409, 422];

/**
 * After so many users were refused one by one, in the same words and without one success in between, the refusal is not
 * about single users: the plan is full, or there is no such product.
 */
const MAX_REFUSED_ALONE = 8;

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** Two refusals with the same words have the same cause: the UUIDs of the request and counts may differ. */
export const refusalWords = ({ reason }: SeatsApiError) =>
  reason.replace(UUID, "…").replace(/\d+/g, "#");

/** What became of each user, by UUID. */
export type Results<Result> = Map<string, Result | SeatsApiError>;

interface Piece {
  readonly userIds: readonly string[];
  /** Whether an earlier request may have taken effect for these users. */
  readonly inDoubt: boolean;
}

export class Splitter<Result> {
  /** The words of a refusal of everybody. */
  private refusesAll: string | undefined;
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

  private async split(whole: Piece, refusal: SeatsApiError): Promise<Results<Result>> {
    const results: Results<Result> = new Map();
    const add = (more: Results<Result>) => {
      for (const [userId, result] of more) results.set(userId, result);
    };
    const pieces = halves(whole, refusal);
    let last = refusal;
    let refusedAlone = 0;
    for (let piece = pieces.pop(); piece; piece = pieces.pop()) {
      if (this.refusesAll === refusalWords(last)) {
        add(failed(piece, last));
        continue;
      }
      const outcome = await this.attempt(piece);
      if (outcome instanceof Map) {
        add(outcome);
        refusedAlone = 0;
      } else if (piece.userIds.length > 1) {
        pieces.push(...halves(piece, outcome));
      } else {
        add(failed(piece, outcome));
        refusedAlone = refusalWords(outcome) === refusalWords(last) ? refusedAlone + 1 : 1;
        last = outcome;
        if (refusedAlone >= MAX_REFUSED_ALONE) this.refusesAll = refusalWords(outcome);
      }
    }
    return results;
  }

  /** What became of the users, or a refusal that may be about some of them only. */
  private async attempt(piece: Piece): Promise<Results<Result> | SeatsApiError> {
    try {
      const results = await this.send(piece.userIds, piece.inDoubt);
      this.refusesAll = undefined;
      return results;
    } catch (error) {
      if (!(error instanceof SeatsApiError)) throw error;
      return isSplittable(error) ? error : failed(piece, error);
    }
  }
}

function isSplittable({ status = 0, outcome }: SeatsApiError): boolean {
  return outcome === "refused" || SPLITTABLE_STATUSES.includes(status);
}

/** Every other user, so that neighbours in a list, who often share a fault, are told apart early. */
function halves({ userIds, inDoubt }: Piece, refusal: SeatsApiError): Piece[] {
  // What was refused may have taken effect when it was sent before.
  const doubt = inDoubt || refusal.outcome === "unclear";
  const everyOther = (offset: number) => ({
    userIds: userIds.filter((_, n) => n % 2 === offset),
    inDoubt: doubt,
  });
  return [everyOther(1), everyOther(0)];
}

function failed<Result>({ userIds, inDoubt }: Piece, error: SeatsApiError): Results<Result> {
  const failure = inDoubt ? error.inDoubt() : error;
  return new Map(userIds.map((userId) => [userId, failure.forUsers([userId])]));
}
