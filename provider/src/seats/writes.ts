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

/** What a write has to respect, and what it tells: see Ownership. */
export interface Guard {
  /** Whether the program declares the user's seat. */
  isWanted(userId: string): boolean;
  /** Called before the user's seat is unassigned. */
  unassigning(userId: string): void;
}

/** How long to wait before each listing that verifies a write: a fresh seat may take a moment to show. */
const VERIFY_DELAYS_MS = [0, 1000, 2000, 4000];

export class Writes {
  private readonly assigning: Splitter<Result>;
  private readonly unassigning: Splitter<Result>;

  constructor(
    private readonly api: SeatsApi,
    private readonly productCode: string,
    private readonly listing: Listing,
    private readonly guard: Guard,
  ) {
    this.assigning = new Splitter(async (userIds, inDoubt) => this.assign(userIds, inDoubt));
    this.unassigning = new Splitter(async (userIds) => {
      await api.unassign(productCode, userIds);
      return new Map(userIds.map((userId) => [userId, "done"]));
    });
  }

  /** Assigns or unassigns the seats of all these users, as far as it can be done. */
  async send(verb: Verb, userIds: readonly string[]): Promise<Results<Result>> {
    // Asked as late as possible: a removal may arrive before the engine has shown the whole program.
    const kept = verb === "unassign" ? userIds.filter((id) => this.guard.isWanted(id)) : [];
    const wanted = userIds.filter((id) => !kept.includes(id));
    if (verb === "unassign") for (const userId of wanted) this.guard.unassigning(userId);
    const results: Results<Result> =
      wanted.length > 0 ? await this.written(verb, wanted) : new Map();
    for (const userId of kept) results.set(userId, "kept");
    return results;
  }

  private async written(verb: Verb, userIds: readonly string[]): Promise<Results<Result>> {
    const splitter = verb === "assign" ? this.assigning : this.unassigning;
    const results = await splitter.sendSplitting(userIds);
    await this.settle(verb, results);
    for (const [userId, result] of results) {
      if (!(result instanceof SeatsApiError)) this.listing.record(userId, verb === "assign");
    }
    return results;
  }

  private async assign(userIds: readonly string[], doubt: boolean): Promise<Results<Result>> {
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
    const product = { org: this.api.org, productCode: this.productCode };
    return new SeatsApiError(
      seatsCall("assign", product, [userId]),
      outcome,
      "Datadog accepted the request, but did not name this user among those it assigned seats to",
      "Check that the user exists and is enabled, and that the plan has seats left.",
    );
  }

  /** A failure counts for nothing when a listing shows the seat as the write should have left it. */
  private async settle(verb: Verb, results: Results<Result>): Promise<void> {
    let open = failuresOf(results, ["unclear", "refused"]);
    for (const delayMs of VERIFY_DELAYS_MS) {
      if (open.length === 0) return;
      if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
      try {
        const holders = await this.listing.listAgain();
        for (const [userId, { outcome }] of open) {
          if (holders.has(userId) !== (verb === "assign")) continue;
          results.set(userId, verb === "assign" && outcome === "refused" ? "already" : "done");
        }
      } catch (error) {
        for (const [userId, failure] of open) results.set(userId, unknown(failure, error as Error));
        return;
      }
      // One listing is enough for a refusal: it had no effect that could still have to show.
      open = failuresOf(results, ["unclear"]);
    }
    const shown =
      verb === "assign"
        ? "A listing afterwards shows no seat of this user. Run `pulumi up` again."
        : "A listing afterwards still shows the seat. Run the command again.";
    for (const [userId, failure] of open) results.set(userId, failure.adding(shown));
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
