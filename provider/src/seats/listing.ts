// Who holds the seats of a product: one listing for everybody who asks, read as far as somebody needs it, and what this
// run has written since.
import { MAX_AGE_MS, now } from "../api/clock";
import type { SeatUser } from "../api/responses";
import type { SeatsApi } from "../api/seats";
import { PageReader } from "./pageReader";

/**
 * What is known of a user's seat.
 * - `SeatUser`: the user holds it; of a seat that this run assigned, nothing but the id may be known.
 * - `not held`: every page was read and the user is on none, or this run has unassigned the seat.
 * - `not known`: the user is on none of the pages that were read, and there are more.
 */
export type Lookup = SeatUser | "not held" | "not known";

export const isHeld = (lookup: Lookup): lookup is SeatUser => typeof lookup === "object";

export class Listing {
  private reader: PageReader | undefined;
  /** The newest complete re-listing, in flight or done; the next one starts after it. */
  private relisting: Promise<unknown> = Promise.resolve();
  private nextRelisting: Promise<ReadonlyMap<string, SeatUser>> | undefined;
  /** What this run wrote last for a user, and when by the monotonic clock. */
  private readonly writes = new Map<string, { holds: boolean; at: number }>();

  constructor(
    private readonly api: SeatsApi,
    private readonly productCode: string,
  ) {}

  /**
   * What is known of the user's seat after as many pages as it takes to know, and no more than `maxPages` of them.
   *
   * @throws SeatsApiError when a page failed; the same one for everybody who waits for it
   */
  async find(userId: string, maxPages = Number.POSITIVE_INFINITY): Promise<Lookup> {
    const reader = this.current();
    for (;;) {
      const lookup = this.known(reader, userId);
      if (lookup !== "not known" || reader.pagesRead >= maxPages) return lookup;
      await reader.next();
    }
  }

  /** Everybody who holds a seat. */
  async all(): Promise<SeatUser[]> {
    const reader = this.current();
    const ids = new Set([...(await reader.toEnd()).keys(), ...this.writes.keys()]);
    return [...ids].map((userId) => this.known(reader, userId)).filter(isHeld);
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

  /** Applies a write of this run to what has been read, and to every listing that begins within five minutes. */
  record(userId: string, holds: boolean): void {
    this.writes.set(userId, { holds, at: now().monotonic });
  }

  /** What the pages read so far and this run's writes show. */
  private known(reader: PageReader, userId: string): Lookup {
    const write = this.writes.get(userId);
    // What has become of an older write is on the pages.
    const written = write && reader.beganAt - write.at <= MAX_AGE_MS ? write.holds : undefined;
    if (written === false) return "not held";
    const holder = reader.holders.get(userId) ?? (written ? { userId } : undefined);
    return holder ?? (reader.isWhole ? "not held" : "not known");
  }

  private current(): PageReader {
    return this.reader && !this.reader.isOutdated ? this.reader : this.begin();
  }

  private begin(): PageReader {
    this.reader = new PageReader(this.api.pages(this.productCode));
    return this.reader;
  }
}
