// One product's seats during one run of the engine: one listing for everybody who asks, and every write settled.
import type { SeatUser } from "../api/answers";
import { describe, SeatsApiError, SeatsError } from "../api/errors";
import type { SeatsApi } from "../api/seats";

type Holders = Map<string, SeatUser>;

/** How long to wait before each look at a write of unclear outcome: a fresh grant may take a moment to show. */
const LOOKS_MS = [0, 1000, 2000, 4000];

export class ProductSeats {
  private listing: Promise<Holders> | undefined;
  private nextListing: Promise<Holders> | undefined;
  /** What this run did since the listing: true, the user was given a seat; false, it was taken away. */
  private readonly written = new Map<string, boolean>();
  private forbidden: SeatsApiError | undefined;

  constructor(
    private readonly api: SeatsApi,
    readonly productCode: string,
  ) {}

  /**
   * The user's seat, or `undefined` when every page was read and none is theirs.
   * The listing is made once a run. Of a seat that this run assigned, nothing but the id may be known.
   *
   * @throws SeatsApiError when the listing failed; the same one for everybody
   */
  async find(userId: string): Promise<SeatUser | undefined> {
    this.listing ??= this.api.list(this.productCode);
    const listed = (await this.listing).get(userId);
    const written = this.written.get(userId);
    if (written === false) return undefined;
    return listed ?? (written ? { id: userId } : undefined);
  }

  /** As `find`, with the email, the name and the date even of a seat that this run assigned. */
  async details(userId: string): Promise<SeatUser | undefined> {
    const found = await this.find(userId);
    if (!found || found.assignedAt !== undefined || !this.written.get(userId)) return found;
    return (await this.listAgain()).get(userId) ?? found;
  }

  /**
   * Gives the user a seat.
   *
   * @throws SeatsApiError when the user has none afterwards, as far as can be known
   */
  async assign(userId: string): Promise<void> {
    await this.write(userId, true, async () => {
      const assigned = await this.api.assign(this.productCode, [userId]);
      if (assigned.has(userId)) return;
      const { productCode } = this;
      throw new SeatsApiError(
        { verb: "assign", productCode, userIds: [userId] },
        "refused",
        "Datadog accepted the request, but did not name this user among those it assigned seats to",
        "Check that the user exists and is enabled, and that the plan has seats left.",
      );
    });
  }

  /**
   * Takes the user's seat away. A user who has none is a success.
   *
   * @throws SeatsApiError when the user still has it, as far as can be known
   */
  async unassign(userId: string): Promise<void> {
    await this.write(userId, false, () => this.api.unassign(this.productCode, [userId]));
  }

  private async write(userId: string, wanted: boolean, send: () => Promise<void>): Promise<void> {
    if (this.forbidden) throw this.forbiddenToo(userId, wanted);
    try {
      await send();
    } catch (error) {
      if (!(error instanceof SeatsApiError)) throw error;
      if (error.outcome === "forbidden") {
        if (this.forbidden) throw this.forbiddenToo(userId, wanted);
        this.forbidden = error;
      }
      if (error.outcome === "forbidden" || error.outcome === "limited") throw error;
      await this.settle(userId, wanted, error);
    }
    this.written.set(userId, wanted);
  }

  /** Keys that were refused once are not tried again: the cause was told, and this is short. */
  private forbiddenToo(userId: string, wanted: boolean): SeatsError {
    const { productCode } = this;
    const call = { verb: wanted ? "assign" : "unassign", productCode, userIds: [userId] } as const;
    return new SeatsError(
      `Could not ${describe(call)}: the keys were refused, as an earlier error of this run tells.`,
    );
  }

  /** A write that failed, or may have: it counts as done when the seats are as it should have left them. */
  private async settle(userId: string, wanted: boolean, failure: SeatsApiError): Promise<void> {
    for (const pauseMs of failure.outcome === "unclear" ? LOOKS_MS : [0]) {
      if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
      let holders: Holders;
      try {
        holders = await this.listAgain();
      } catch (error) {
        throw failure.adding(
          `Whether it took effect is not known: ${(error as Error).message} The next \`pulumi up\` finds out.`,
        );
      }
      if (holders.has(userId) === wanted) return;
    }
    if (failure.outcome === "refused") throw failure;
    throw failure.adding(
      wanted
        ? "A listing afterwards shows no seat of this user. Run `pulumi up` again."
        : "A listing afterwards still shows the seat. Run the command again.",
    );
  }

  /** A listing that begins after this call: whoever asks while one is under way shares the next. */
  private listAgain(): Promise<Holders> {
    if (this.nextListing) return this.nextListing;
    const next = Promise.resolve(this.listing)
      .catch(() => undefined)
      .then(() => {
        this.nextListing = undefined;
        this.listing = this.api.list(this.productCode);
        return this.listing;
      });
    this.nextListing = next;
    return next;
  }
}
