// One write for a group of users: sent as one request, split where that can cure a refusal, and settled by a listing.
import { type Outcome, SeatsApiError } from "../api/errors";
import type { SeatsApi } from "../api/seats";
import type { Holders } from "./listing";
import type { Program } from "./ownership";

export type Verb = "assign" | "unassign";

/**
 * What became of one user's write.
 * - `done`: the seat is as it was to be.
 * - `already`: the user got the seat, but not by this request: somebody was faster.
 * - `kept`: the seat was not taken away, for the program turned out to declare it.
 */
export type Result = "done" | "already" | "kept";
export type Results = Map<string, Result | SeatsApiError>;

/** The answers that may be about one user of a group only. */
const CURABLE = [400, 404, 409, 422];

/** How long to wait before each look at a write of unclear outcome: a fresh grant may take a moment to show. */
const LOOKS_MS = [0, 1000, 2000, 4000];

export class Writes {
  constructor(
    private readonly api: SeatsApi,
    private readonly productCode: string,
    private readonly holders: Holders,
    private readonly program: Program,
  ) {}

  /** Assigns or unassigns the seats of all these users, as far as it can be done. */
  async send(verb: Verb, userIds: readonly string[]): Promise<Results> {
    // Looked at as late as possible: the engine may ask for a removal before it has seen the whole program.
    const product = { org: this.api.org, productCode: this.productCode };
    const kept = userIds.filter(
      (userId) => verb === "unassign" && this.program.keeps({ ...product, userId }),
    );
    const wanted = userIds.filter((userId) => !kept.includes(userId));
    if (verb === "unassign") {
      for (const userId of wanted) this.program.take({ ...product, userId });
    }
    const results: Results = wanted.length > 0 ? await this.attempt(verb, wanted) : new Map();
    await this.settle(verb, results);
    for (const [userId, result] of results) {
      if (!(result instanceof SeatsApiError)) this.holders.note(userId, verb === "assign");
    }
    for (const userId of kept) results.set(userId, "kept");
    return results;
  }

  /** A refused group is halved until whoever it is about stands alone. */
  private async attempt(verb: Verb, userIds: readonly string[], inDoubt = false): Promise<Results> {
    try {
      if (verb === "assign") return await this.assign(userIds, inDoubt);
      await this.api.unassign(this.productCode, userIds);
      return new Map(userIds.map((userId) => [userId, "done"]));
    } catch (error) {
      if (!(error instanceof SeatsApiError)) throw error;
      const refused = CURABLE.includes(error.status ?? 0) || error.outcome === "refused";
      if (!refused || userIds.length === 1) {
        const failure = inDoubt && refused ? error.inDoubt() : error;
        return new Map(userIds.map((userId) => [userId, failure.forUser(userId)]));
      }
      // What was refused may have taken effect when it was sent before.
      const doubt = inDoubt || error.outcome === "unclear";
      const half = Math.ceil(userIds.length / 2);
      const first = await this.attempt(verb, userIds.slice(0, half), doubt);
      const second = await this.attempt(verb, userIds.slice(half), doubt);
      return new Map([...first, ...second]);
    }
  }

  private async assign(userIds: readonly string[], doubt: boolean): Promise<Results> {
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
    const { org } = this.api;
    return new SeatsApiError(
      { verb: "assign", org, productCode: this.productCode, userIds: [userId] },
      outcome,
      "Datadog accepted the request, but did not name this user among those it assigned seats to",
      "Check that the user exists and is enabled, and that the plan has seats left.",
    );
  }

  /** Failures count for nothing when the seats are as the write should have left them. */
  private async settle(verb: Verb, results: Results): Promise<void> {
    const failed = (...outcomes: string[]) =>
      [...results].filter(
        (entry): entry is [string, SeatsApiError] =>
          entry[1] instanceof SeatsApiError && outcomes.includes(entry[1].outcome),
      );
    for (const pauseMs of LOOKS_MS) {
      const open = pauseMs === 0 ? failed("unclear", "refused") : failed("unclear");
      if (open.length === 0) return;
      if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
      try {
        const holders = await this.holders.listAgain();
        for (const [userId, { outcome }] of open) {
          if (holders.has(userId) !== (verb === "assign")) continue;
          results.set(userId, verb === "assign" && outcome === "refused" ? "already" : "done");
        }
      } catch (error) {
        const unknown = `Whether it took effect is not known: ${(error as Error).message} The next \`pulumi up\` finds out.`;
        for (const [userId, failure] of open) results.set(userId, failure.adding(unknown));
        return;
      }
    }
    const shown =
      verb === "assign"
        ? "A listing afterwards shows no seat of this user. Run `pulumi up` again."
        : "A listing afterwards still shows the seat. Run the command again.";
    for (const [userId, failure] of failed("unclear")) results.set(userId, failure.adding(shown));
  }
}
