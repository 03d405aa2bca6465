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
   * What is known of the user's seat: as many pages are read as it takes to know, up to `maxPages`.
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
