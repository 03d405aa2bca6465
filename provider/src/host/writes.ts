// One write for a group of users: sent as one request, split where that can cure a refusal, and settled by a listing.
import { SeatsApiError } from "../api/errors";
import type { SeatsApi } from "../api/seats";
import type { Holders } from "./holders";

export type Verb = "assign" | "unassign";
/** What failed, by user; everybody else's write was done. */
export type Failures = Map<string, SeatsApiError>;

/** How long to wait before each look at a write of unclear outcome: a fresh grant may take a moment to show. */
const LOOKS_MS = [0, 1000, 2000, 4000];

export class Writes {
  constructor(
    private readonly api: SeatsApi,
    private readonly productCode: string,
    private readonly holders: Holders,
  ) {}

  /** Assigns or unassigns the seats of all these users, as far as it can be done. */
  async send(verb: Verb, userIds: readonly string[]): Promise<Failures> {
    const failures = await this.attempt(verb, userIds);
    await this.settle(verb, failures);
    for (const userId of userIds) {
      if (!failures.has(userId)) this.holders.note(userId, verb === "assign");
    }
    return failures;
  }

  /** A refused group is halved until whoever it is about stands alone. */
  private async attempt(verb: Verb, userIds: readonly string[]): Promise<Failures> {
    try {
      if (verb === "assign") return await this.assign(userIds);
      await this.api.unassign(this.productCode, userIds);
      return new Map();
    } catch (error) {
      if (!(error instanceof SeatsApiError)) throw error;
      if (error.outcome !== "refused" || userIds.length === 1) {
        return new Map(userIds.map((userId) => [userId, error.forUser(userId)]));
      }
      const half = Math.ceil(userIds.length / 2);
      const first = await this.attempt(verb, userIds.slice(0, half));
      const second = await this.attempt(verb, userIds.slice(half));
      return new Map([...first, ...second]);
    }
  }

  private async assign(userIds: readonly string[]): Promise<Failures> {
    const assigned = await this.api.assign(this.productCode, userIds);
    const unnamed = userIds.filter((userId) => !assigned.has(userId));
    return new Map(
      unnamed.map((userId) => [
        userId,
        new SeatsApiError(
          { verb: "assign", productCode: this.productCode, userIds: [userId] },
          "refused",
          "Datadog accepted the request, but did not name this user among those it assigned seats to",
          "Check that the user exists and is enabled, and that the plan has seats left.",
        ),
      ]),
    );
  }

  /**
   * A write that failed, or may have, counts as done when the seats are as it should have left them.
   * Takes those users out of `failures`.
   */
  private async settle(verb: Verb, failures: Failures): Promise<void> {
    for (const pauseMs of LOOKS_MS) {
      const first = pauseMs === 0;
      const open = [...failures].filter(
        ([, { outcome }]) => outcome === "unclear" || (first && outcome === "refused"),
      );
      if (open.length === 0) return;
      if (!first) await new Promise((resolve) => setTimeout(resolve, pauseMs));
      try {
        const holders = await this.holders.listAgain();
        for (const [userId] of open) {
          if (holders.has(userId) === (verb === "assign")) failures.delete(userId);
        }
      } catch (error) {
        const unknown = `Whether it took effect is not known: ${(error as Error).message} The next \`pulumi up\` finds out.`;
        for (const [userId, failure] of open) failures.set(userId, failure.adding(unknown));
        return;
      }
    }
    for (const [userId, failure] of failures) {
      if (failure.outcome !== "unclear") continue;
      const shown =
        verb === "assign"
          ? "A listing afterwards shows no seat of this user. Run `pulumi up` again."
          : "A listing afterwards still shows the seat. Run the command again.";
      failures.set(userId, failure.adding(shown));
    }
  }
}
