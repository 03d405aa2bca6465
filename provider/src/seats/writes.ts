// Assigns or unassigns a batch of users, and finds out by a listing what became of those whose response doesn't tell.
import { type Outcome, SeatsApiError } from "../api/errors";
import { type SeatsApi, seatsCall } from "../api/seats";
import type { Listing } from "./listing";
import { type Results, Splitter } from "./splitting";

export type Verb = "assign" | "unassign";

/**
 * What became of one user's write.
 * - `done`: the seat is as it was to be.
 * - `already`: the user got the seat, but not by this request: somebody was faster.
 * - `kept`: the seat was not unassigned, because the program turned out to declare it.
 */
export type Result = "done" | "already" | "kept";

/** How a write is to leave the seats, and what to say of one that a listing shows otherwise. */
interface Goal {
  readonly held: boolean;
  readonly missed: string;
}

const HELD: Goal = {
  held: true,
  missed: "A listing afterwards shows no seat of this user. Run `pulumi up` again.",
};
const NOT_HELD: Goal = {
  held: false,
  missed: "A listing afterwards still shows the seat. Run the command again.",
};

/** How long to wait before each listing that verifies a write: a fresh seat may take a moment to show. */
const VERIFY_DELAYS_MS = [0, 1000, 2000, 4000];

export class Writes {
  private readonly assigning: Splitter<Result>;
  private readonly unassigning: Splitter<Result>;

  constructor(
    private readonly api: SeatsApi,
    private readonly productCode: string,
    private readonly listing: Listing,
    private readonly mayUnassign: (userId: string) => boolean,
  ) {
    this.assigning = new Splitter((userIds, inDoubt) => this.sendAssign(userIds, inDoubt));
    this.unassigning = new Splitter(async (userIds) => {
      await api.unassign(productCode, userIds);
      return new Map(userIds.map((userId) => [userId, "done"]));
    });
  }

  /** Assigns seats to all these users, as far as it can be done. */
  async assign(userIds: readonly string[]): Promise<Results<Result>> {
    return this.settled(await this.assigning.sendSplitting(userIds), HELD);
  }

  /** Unassigns the seats of all these users, as far as it can be done, except those that the program declares. */
  async unassign(userIds: readonly string[]): Promise<Results<Result>> {
    // Asked as late as possible: a removal may arrive before the engine has shown the whole program.
    const unwanted = userIds.filter((userId) => this.mayUnassign(userId));
    const kept = userIds.filter((userId) => !unwanted.includes(userId));
    const results: Results<Result> =
      unwanted.length > 0
        ? await this.settled(await this.unassigning.sendSplitting(unwanted), NOT_HELD)
        : new Map();
    for (const userId of kept) results.set(userId, "kept");
    return results;
  }

  private async sendAssign(userIds: readonly string[], doubt: boolean): Promise<Results<Result>> {
    const { assigned, inDoubt } = await this.api.assign(this.productCode, userIds);
    const outcome = doubt || inDoubt ? "unclear" : "refused";
    return new Map(
      userIds.map((userId) => [
        userId,
        assigned.has(userId) ? "done" : this.unnamed(userId, outcome),
      ]),
    );
  }

  private unnamed(userId: string, outcome: Outcome): SeatsApiError {
    return new SeatsApiError(
      seatsCall("assign", this.productCode, [userId]),
      outcome,
      "Datadog accepted the request, but did not name this user among those it assigned seats to",
      "Check that the user exists and is enabled, and that the plan has seats left.",
    );
  }

  /** The results, and what a listing tells of those that are not clear; the listing is told of what was done. */
  private async settled(results: Results<Result>, goal: Goal): Promise<Results<Result>> {
    await this.verify(results, goal);
    for (const [userId, result] of results) {
      if (!(result instanceof SeatsApiError)) this.listing.record(userId, goal.held);
    }
    return results;
  }

  /** A failure counts for nothing when a listing shows the seat as the write should have left it. */
  private async verify(results: Results<Result>, goal: Goal): Promise<void> {
    let open = failuresOf(results, ["unclear", "refused"]);
    for (const delayMs of VERIFY_DELAYS_MS) {
      if (open.length === 0) return;
      if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
      try {
        const holders = await this.listing.relist();
        for (const [userId, { outcome }] of open) {
          if (holders.has(userId) !== goal.held) continue;
          results.set(userId, goal.held && outcome === "refused" ? "already" : "done");
        }
      } catch (error) {
        for (const [userId, failure] of failuresOf(results, ["unclear"])) {
          results.set(userId, unknown(failure, error as Error));
        }
        return;
      }
      // One listing is enough for a refusal: it had no effect that could still have to show.
      open = failuresOf(results, ["unclear"]);
    }
    for (const [userId, failure] of open) results.set(userId, failure.adding(goal.missed));
  }
}

/** @param error of the listing that was to tell the outcome */
function unknown(failure: SeatsApiError, error: Error): SeatsApiError {
  // Two failures with one status call for the same advice.
  const isSame = error instanceof SeatsApiError && error.status === failure.status;
  const { message } = isSame ? error.withoutRemedy() : error;
  return failure.adding(
    `Whether it took effect is not known: ${message} The next \`pulumi up\` finds out.`,
  );
}

function failuresOf(results: Results<Result>, outcomes: Outcome[]): [string, SeatsApiError][] {
  return [...results].filter(
    (entry): entry is [string, SeatsApiError] =>
      entry[1] instanceof SeatsApiError && outcomes.includes(entry[1].outcome),
  );
}
