// Who holds the seats of a product: one listing for everybody who asks, and what this run has written since.
import type { SeatsApiError } from "../api/errors";
import type { SeatUser } from "../api/responses";
import type { SeatsApi } from "../api/seats";

type Holders = ReadonlyMap<string, SeatUser>;

export class Listing {
  private listing: Promise<Holders> | undefined;
  private nextListing: Promise<Holders> | undefined;
  /** What this run wrote: true, the user was assigned a seat; false, it was unassigned. */
  private readonly written = new Map<string, boolean>();

  constructor(
    private readonly api: SeatsApi,
    private readonly productCode: string,
  ) {}

  /**
   * The user's seat, or `undefined` when every page was read and none is theirs.
   * Of a seat that this run assigned, nothing but the id may be known.
   *
   * @throws SeatsApiError when the listing failed; the same one for everybody who waits for it
   */
  async find(userId: string): Promise<SeatUser | undefined> {
    const listed = (await this.listed()).get(userId);
    const written = this.written.get(userId);
    if (written === false) return undefined;
    return listed ?? (written ? { userId } : undefined);
  }

  /** As `find`, with the email, the name and the date even of a seat that this run assigned. */
  async details(userId: string): Promise<SeatUser | undefined> {
    const found = await this.find(userId);
    if (!found || found.assignedAt !== undefined || !this.written.get(userId)) return found;
    return (await this.listAgain()).get(userId) ?? found;
  }

  /** Everybody who holds a seat. */
  async all(): Promise<SeatUser[]> {
    const ids = new Set([...(await this.listed()).keys(), ...this.written.keys()]);
    const found = await Promise.all([...ids].map((userId) => this.find(userId)));
    return found.filter((user) => user !== undefined);
  }

  /** Applies a write of this run. */
  record(userId: string, holds: boolean): void {
    this.written.set(userId, holds);
  }

  /** A listing that begins after this call: whoever asks while one is in flight shares the next. */
  listAgain(): Promise<Holders> {
    this.nextListing ??= Promise.resolve(this.listing)
      .catch(() => undefined)
      .then(() => {
        this.nextListing = undefined;
        return this.list();
      });
    return this.nextListing;
  }

  private listed(): Promise<Holders> {
    return this.listing ?? this.list();
  }

  /** A listing that fails leaves what was known before, so that the next need for it lists again. */
  private list(): Promise<Holders> {
    const earlier = this.listing;
    const listing = this.api.list(this.productCode);
    this.listing = listing;
    listing.catch((error: SeatsApiError) => {
      // Keys that were refused once are not tried again.
      if (this.listing === listing && error.outcome !== "forbidden") this.listing = earlier;
    });
    return listing;
  }
}
