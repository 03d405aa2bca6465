// Assigns or unassigns a batch of users, and verifies by a listing what became of those whose response leaves it open.
import { type Outcome, SeatsApiError } from "../api/errors";
import { type SeatsApi, seatsCall } from "../api/seats";
import type { Listing } from "./listing";
import { type Results, Splitter } from "./splitting";

export type Verb = "assign" | "unassign";

/**
 * What became of one user's write.
 * - `done`: the seat is as it was to be.
 * - `already`: the user got the seat, but not by this request: somebody was faster.
 * - `kept`: the seat was not unassigned, because the guard did not allow it.
 */
export type Result = "done" | "already" | "kept";

/**
 * Whether this run may unassign the user's seat. Asked when the batch is about to be sent, because it may have waited for
 * seconds behind others, and the engine may meanwhile have shown that the program declares the seat. Nothing checks later.
 */
export type Guard = (userId: string) => boolean;

/** What to say of a seat that a listing shows otherwise than a write should have left it. */
const MISSED: Record<Verb, string> = {
  assign: "A listing afterwards shows no seat of this user. Run `pulumi up` again.",
  unassign: "A listing afterwards still shows the seat. Run the command again.",
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
    private readonly mayUnassign: Guard,
  ) {
    this.assigning = new Splitter((userIds, inDoubt) => this.sendAssign(userIds, inDoubt));
    this.unassigning = new Splitter(async (userIds, inDoubt) => {
      await listing.writing(() => api.unassign(productCode, userIds, inDoubt));
      return new Map(userIds.map((userId) => [userId, "done"]));
    });
  }

  /** Assigns seats to all these users, as far as it can be done. */
  async assign(userIds: readonly string[]): Promise<Results<Result>> {
    return this.settled("assign", await this.assigning.sendSplitting(userIds));
  }

  /** Unassigns the seats of all these users, as far as it can be done and the guard allows it. */
  async unassign(userIds: readonly string[]): Promise<Results<Result>> {
    // Once for a batch: when it is split, an earlier request may have unassigned them already.
    const allowed = userIds.filter((userId) => this.mayUnassign(userId));
    const results: Results<Result> = new Map(userIds.map((userId) => [userId, "kept"]));
    if (allowed.length === 0) return results;
    const sent = await this.settled("unassign", await this.unassigning.sendSplitting(allowed));
    return new Map([...results, ...sent]);
  }

  private async sendAssign(
    userIds: readonly string[],
    wasInDoubt: boolean,
  ): Promise<Results<Result>> {
    const { productCode } = this;
    const { assigned, inDoubt } = await this.listing.writing(() =>
      this.api.assign(productCode, userIds, wasInDoubt),
    );
    const unnamed = (userId: string) =>
      new SeatsApiError(
        seatsCall("assign", productCode, [userId], inDoubt),
        "refused",
        "Datadog accepted the request, but did not name this user among those it assigned seats to",
        "Check that the user exists and is enabled.",
      );
    return new Map(userIds.map((id) => [id, assigned.has(id) ? "done" : unnamed(id)]));
  }

  /** The results, and what a listing shows of those that are not clear; the listing learns of what was done. */
  private async settled(verb: Verb, results: Results<Result>): Promise<Results<Result>> {
    await this.verify(verb, results);
    for (const [userId, result] of results) {
      if (!(result instanceof SeatsApiError)) this.listing.record(userId, verb === "assign");
    }
    return results;
  }

  /** A failure counts for nothing when a listing shows the seat as the write should have left it. */
  private async verify(verb: Verb, results: Results<Result>): Promise<void> {
    const assigns = verb === "assign";
    let open = failuresOf(results, ["unclear", "refused"]);
    for (const delayMs of VERIFY_DELAYS_MS) {
      if (open.length === 0) return;
      if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
      try {
        const holders = await this.listing.relist();
        for (const [userId, { outcome }] of open) {
          if (holders.has(userId) !== assigns) continue;
          results.set(userId, assigns && outcome === "refused" ? "already" : "done");
        }
      } catch (error) {
        for (const [userId, failure] of failuresOf(results, ["unclear"])) {
          results.set(userId, unverified(failure, error as Error));
        }
        return;
      }
      // One listing is enough for a refusal: it had no effect that could still have to show.
      open = failuresOf(results, ["unclear"]);
    }
    for (const [userId, failure] of open) results.set(userId, failure.adding(MISSED[verb]));
  }
}

/** @param error of the listing that was to verify the write */
function unverified(failure: SeatsApiError, error: Error): SeatsApiError {
  // One piece of advice is enough, and both failures may well call for the same.
  const { message } = error instanceof SeatsApiError ? error.withoutRemedy() : error;
  return failure.adding(
    `Whether it took effect is not known: ${message} The next \`pulumi up\` will find out.`,
  );
}

function failuresOf(results: Results<Result>, outcomes: Outcome[]): [string, SeatsApiError][] {
  return [...results].filter(
    (entry): entry is [string, SeatsApiError] =>
      entry[1] instanceof SeatsApiError && outcomes.includes(entry[1].outcome),
  );
}
