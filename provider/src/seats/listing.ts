// Who holds the seats of a product: one listing for everybody who asks, and what this run has changed since.
import type { SeatUser } from "../api/responses";
import type { SeatsApi } from "../api/seats";

type Listing = ReadonlyMap<string, SeatUser>;

export class Holders {
  private listing: Promise<Listing> | undefined;
  private nextListing: Promise<Listing> | undefined;
  /** What this run did: true, the user was given a seat; false, it was taken away. */
  private readonly written = new Map<string, boolean>();

  constructor(
    private readonly api: SeatsApi,
    private readonly productCode: string,
  ) {}

  /**
   * The user's seat, or `undefined` when every page was read and none is theirs.
   * Of a seat that this run assigned, nothing but the id may be known.
   *
   * @throws SeatsApiError when the listing failed; the same one for everybody
   */
  async find(userId: string): Promise<SeatUser | undefined> {
    const listed = (await this.listed()).get(userId);
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

  /** Everybody who holds a seat. */
  async all(): Promise<SeatUser[]> {
    const ids = new Set([...(await this.listed()).keys(), ...this.written.keys()]);
    const found = await Promise.all([...ids].map((userId) => this.find(userId)));
    return found.filter((user) => user !== undefined);
  }

  note(userId: string, holds: boolean): void {
    this.written.set(userId, holds);
  }

  private listed(): Promise<Listing> {
    this.listing ??= this.api.list(this.productCode);
    return this.listing;
  }

  /** A listing that begins after this call: whoever asks while one is under way shares the next. */
  listAgain(): Promise<Listing> {
    this.nextListing ??= Promise.resolve(this.listing)
      .catch(() => undefined)
      .then(() => {
        this.nextListing = undefined;
        const earlier = this.listing;
        const listing = this.api.list(this.productCode);
        this.listing = listing;
        // One that fails is no reason to forget what is known.
        listing.catch(() => {
          if (earlier) this.listing = earlier;
        });
        return listing;
      });
    return this.nextListing;
  }
}
