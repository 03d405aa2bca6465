// Who holds the seats of a product: one listing for everybody who asks, read as far as somebody needs it, and what this
// run has written since.
import { MAX_AGE_MS, now } from "../api/clock";
import type { SeatUser } from "../api/responses";
import type { SeatsApi } from "../api/seats";
import type { ListingCache } from "./listingCache";
import { PageReader } from "./pageReader";

/**
 * What is known of a user's seat.
 * - `SeatUser`: the user holds it; of a seat that this run assigned, nothing but the id may be known.
 * - `not held`: every page was read and the user is on none, or this run has unassigned the seat.
 * - `not known`: the user is on none of the pages that were read, and there are more.
 */
export type Lookup = SeatUser | "not held" | "not known";

/** Who holds a seat now, by every page and this run's writes: also by those that follow. */
export interface Holders {
  readonly count: number;
  has(userId: string): boolean;
}

export const isHeld = (lookup: Lookup): lookup is SeatUser => typeof lookup === "object";

export class Listing {
  private reader: PageReader | undefined;
  /** What another run has listed; `null` where there is nothing. */
  private cached: PageReader | null | undefined;
  /** The newest complete re-listing, in flight or done; the next one starts after it. */
  private relisting: Promise<unknown> = Promise.resolve();
  private nextRelisting: Promise<ReadonlyMap<string, SeatUser>> | undefined;
  /** What this run wrote last for a user, and when by the monotonic clock. */
  private readonly writes = new Map<string, { holds: boolean; at: number }>();
  /** How many hold a seat by a listing and the writes so far: thousands may ask between two writes. */
  private counted: { reader: PageReader; count: number } | undefined;

  constructor(
    private readonly api: SeatsApi,
    private readonly productCode: string,
    private readonly cache?: ListingCache,
  ) {}

  /**
   * What is known of the user's seat after as many pages as it takes to know, and no more than `maxPages` of them.
   *
   * @throws SeatsApiError when a page failed; the same one for everybody who waits for it
   */
  find(userId: string, maxPages = Number.POSITIVE_INFINITY): Promise<Lookup> {
    return this.findIn(this.current(), userId, maxPages);
  }

  /**
   * As `find`, for a read, which makes the stack forget a seat that is gone: so "not held" takes two listings that agree,
   * unless the first had one page. Who is on either holds a seat. The first may come from the cache.
   *
   * @throws SeatsApiError when a page of either failed
   */
  async findForRead(userId: string): Promise<Lookup> {
    const first = await this.firstForRead();
    const lookup = await this.findIn(first, userId);
    const isSure = isHeld(lookup) || !first.isDoubtful;
    return isSure ? lookup : this.findIn(first.again(), userId);
  }

  /** Everybody who holds a seat. */
  async all(): Promise<SeatUser[]> {
    return [...(await this.allIn(this.current())).values()];
  }

  /** As `all`, for whoever counts. */
  async holders(): Promise<Holders> {
    const reader = this.current();
    await reader.toEnd();
    return this.holdersIn(reader);
  }

  /** As `holders`, where every page has been read anyway. */
  get holdersRead(): Holders | undefined {
    return this.reader?.isWhole ? this.holdersIn(this.reader) : undefined;
  }

  /** As `all`, for a read that makes the stack forget those of `members` who are gone: see `findForRead`. */
  async allForRead(members: readonly string[]): Promise<SeatUser[]> {
    const first = await this.firstForRead();
    const holders = await this.allIn(first);
    const isSure = !first.isDoubtful || members.every((userId) => holders.has(userId));
    const others = isSure ? [] : await this.allIn(first.again());
    return [...new Map([...others, ...holders]).values()];
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
    this.counted = undefined;
    this.writes.set(userId, { holds, at: now().monotonic });
  }

  /** Sends a write. What was listed before it has settled is not for other runs. */
  async writing<T>(send: () => Promise<T>): Promise<T> {
    this.cache?.invalidate();
    try {
      return await send();
    } finally {
      this.cache?.invalidate();
    }
  }

  private async findIn(
    reader: PageReader,
    userId: string,
    maxPages = Number.POSITIVE_INFINITY,
  ): Promise<Lookup> {
    for (;;) {
      const lookup = this.known(reader, userId);
      if (lookup !== "not known" || reader.pagesRead >= maxPages) return lookup;
      await reader.next();
    }
  }

  private async allIn(reader: PageReader): Promise<Map<string, SeatUser>> {
    const ids = new Set([...(await reader.toEnd()).keys(), ...this.writes.keys()]);
    const holders = [...ids].map((userId) => this.known(reader, userId)).filter(isHeld);
    return new Map(holders.map((holder) => [holder.userId, holder]));
  }

  private holdersIn(reader: PageReader): Holders {
    const has = (userId: string) => isHeld(this.known(reader, userId));
    const count = () => {
      if (this.counted?.reader === reader) return this.counted.count;
      let count = reader.holders.size;
      for (const userId of this.writes.keys()) {
        count += Number(has(userId)) - Number(reader.holders.has(userId));
      }
      this.counted = { reader, count };
      return count;
    };
    return {
      has,
      get count() {
        return count();
      },
    };
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
    this.reader = new PageReader(this.list);
    return this.reader;
  }

  /** Only a listing that was read to its end is cached, so with a cache the first to read does that. */
  private async firstForRead(): Promise<PageReader> {
    if (!this.cache) return this.current();
    // Once: later it may hold what this run has listed, which can't confirm itself.
    if (this.cached === undefined) {
      const cached = this.cache.load();
      this.cached = cached ? new PageReader(this.list, cached) : null;
    }
    const first = this.cached && !this.cached.isOutdated ? this.cached : this.current();
    await first.toEnd();
    return first;
  }

  private readonly list = () => {
    const pages = this.api.pages(this.productCode);
    return this.cache?.storing(pages) ?? pages;
  };
}
