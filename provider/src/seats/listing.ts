// Who holds the seats of a product: one listing for everybody who asks, read as far as somebody needs it, and what this
// run has written since.
import { now } from "../api/clock";
import type { SeatUser } from "../api/responses";
import type { SeatsApi } from "../api/seats";
import { MAX_AGE_MS, PageReader } from "./pageReader";

/**
 * What is known of a user's seat.
 * - `SeatUser`: the user holds it; of a seat that this run assigned, nothing but the id may be known.
 * - `not held`: every page was read and the user is on none, or this run has unassigned the seat.
 * - `not known`: the user is on none of the pages that were read, and there are more.
 */
export type Lookup = SeatUser | "not held" | "not known";

export const isHeld = (lookup: Lookup): lookup is SeatUser => typeof lookup === "object";

/** How far a listing is read for those who can do without the rest of it. */
export interface Bound {
  /** How many pages. */
  readonly pages: number;
  /** Called when a lookup first ends there, with the number of pages and of the holders on them. */
  readonly onReached?: (pages: number, holders: number) => void;
}

const UNBOUNDED: Bound = { pages: Number.POSITIVE_INFINITY };

export class Listing {
  private reader: PageReader | undefined;
  /** The newest complete re-listing, in flight or done; the next one starts after it. */
  private relisting: Promise<unknown> = Promise.resolve();
  private nextRelisting: Promise<ReadonlyMap<string, SeatUser>> | undefined;
  private boundReached = false;
  /** What this run wrote last for a user, and when by the monotonic clock. */
  private readonly writes = new Map<string, { holds: boolean; at: number }>();

  constructor(
    private readonly api: SeatsApi,
    private readonly productCode: string,
    private readonly bound: Bound = UNBOUNDED,
  ) {}

  /**
   * What can be told of the user's seat within the bound.
   *
   * @throws SeatsApiError when a page failed; the same one for everybody who waits for it
   */
  async lookUp(userId: string): Promise<Lookup> {
    const { pages, onReached } = this.bound;
    const reader = this.current();
    const lookup = await this.search(reader, userId, pages);
    // With `adoptionPages: 0` the user asked for no lookup, so there is nothing to report.
    if (lookup === "not known" && pages > 0 && !this.boundReached) {
      this.boundReached = true;
      onReached?.(reader.pagesRead, reader.holders.size);
    }
    return lookup;
  }

  /**
   * The user's seat, or `undefined` when it is not held: as many pages are read as it takes to know.
   *
   * @throws SeatsApiError as `lookUp`
   */
  async find(userId: string): Promise<SeatUser | undefined> {
    const lookup = await this.search(this.current(), userId, Number.POSITIVE_INFINITY);
    return isHeld(lookup) ? lookup : undefined;
  }

  /** As `find`, with the email, the name and the date even of a seat that this run assigned. */
  async details(userId: string): Promise<SeatUser | undefined> {
    const found = await this.find(userId);
    if (!found || found.assignedAt !== undefined) return found;
    if (!this.written(this.current(), userId)) return found;
    return (await this.relist()).get(userId) ?? found;
  }

  /** Everybody who holds a seat. */
  async all(): Promise<SeatUser[]> {
    const reader = this.current();
    const ids = new Set([...(await reader.toEnd()).keys(), ...this.writes.keys()]);
    return [...ids].map((userId) => this.known(reader, userId)).filter(isHeld);
  }

  /** Applies a write of this run to what has been read, and to every listing that begins within five minutes. */
  record(userId: string, holds: boolean): void {
    this.writes.set(userId, { holds, at: now().monotonic });
  }

  /** A whole listing that begins after this call: whoever asks while one is in flight shares the next. */
  relist(): Promise<ReadonlyMap<string, SeatUser>> {
    this.nextRelisting ??= this.relisting
      .catch(() => undefined)
      .then(() => {
        this.nextRelisting = undefined;
        const listing = this.begin().toEnd();
        this.relisting = listing;
        return listing;
      });
    return this.nextRelisting;
  }

  private async search(reader: PageReader, userId: string, maxPages: number): Promise<Lookup> {
    for (;;) {
      const lookup = this.known(reader, userId);
      if (lookup !== "not known" || reader.pagesRead >= maxPages) return lookup;
      await reader.next();
    }
  }

  /** What the pages read so far and this run's writes tell. */
  private known(reader: PageReader, userId: string): Lookup {
    const written = this.written(reader, userId);
    if (written === false) return "not held";
    const holder = reader.holders.get(userId) ?? (written ? { userId } : undefined);
    return holder ?? (reader.isWhole ? "not held" : "not known");
  }

  /** Whether a write of this run left the user with a seat; `undefined` where the pages tell what has become of it. */
  private written({ beganAt }: PageReader, userId: string): boolean | undefined {
    const write = this.writes.get(userId);
    return write && beganAt - write.at <= MAX_AGE_MS ? write.holds : undefined;
  }

  private current(): PageReader {
    return this.reader && !this.reader.isOutdated ? this.reader : this.begin();
  }

  private begin(): PageReader {
    this.reader = new PageReader(this.api.pages(this.productCode));
    return this.reader;
  }
}
