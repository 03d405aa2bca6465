// The pages of one listing, as far as somebody has needed them: the next one is read when somebody asks for it.
import { isOld, now } from "../api/clock";
import type { Page, SeatUser } from "../api/responses";

/** A whole listing that another run has read. */
export interface CachedListing {
  readonly users: readonly SeatUser[];
  /** By the monotonic clock. */
  readonly beganAt: number;
}

export class PageReader {
  /** Who holds a seat by the pages read so far. */
  readonly holders = new Map<string, SeatUser>();
  /** By the monotonic clock. */
  readonly beganAt: number;
  pagesRead = 0;
  /** Whether every page has been read. */
  isWhole: boolean;
  private failure: unknown;
  /** Under a rate limit a long listing may take longer than it is believed, so its age counts from its last page. */
  private lastPageAt: number;
  private inFlight: Promise<void> | undefined;
  private readonly pages: AsyncGenerator<Page, void>;
  private second: PageReader | undefined;

  /**
   * @param list begins a listing
   * @param cached one that another run has read to its end, in place of the pages
   */
  constructor(
    private readonly list: () => AsyncGenerator<Page, void>,
    cached?: CachedListing,
  ) {
    this.pages = list();
    this.beganAt = cached?.beganAt ?? now().monotonic;
    this.lastPageAt = this.beganAt;
    this.isWhole = cached !== undefined;
    for (const user of cached?.users ?? []) this.holders.set(user.userId, user);
  }

  /** Whether whoever needs a listing next has to begin another one. */
  get isOutdated(): boolean {
    return this.failure !== undefined || (!this.inFlight && isOld(this.lastPageAt));
  }

  /**
   * Whether somebody who is on none of its pages may hold a seat all the same: when somebody else gives one up between two
   * pages, a holder may move from the page that comes to the one that came. A listing from the cache may be out of date.
   */
  get isDoubtful(): boolean {
    return this.pagesRead !== 1;
  }

  /** A listing that begins after this one, the same for everybody who asks. */
  again(): PageReader {
    if (!this.second || this.second.isOutdated) this.second = new PageReader(this.list);
    return this.second;
  }

  /**
   * Reads one more page, the same for everybody who asks while it is in flight.
   *
   * @throws SeatsApiError, from then on always the same one
   */
  next(): Promise<void> {
    this.inFlight ??= this.read().finally(() => {
      this.inFlight = undefined;
    });
    return this.inFlight;
  }

  /** Reads every page that is left, and returns everybody who holds a seat. */
  async toEnd(): Promise<ReadonlyMap<string, SeatUser>> {
    while (!this.isWhole) await this.next();
    return this.holders;
  }

  private async read(): Promise<void> {
    if (this.failure) throw this.failure;
    try {
      const { value: page, done } = await this.pages.next();
      for (const user of page?.users ?? []) this.holders.set(user.userId, user);
      this.pagesRead += 1;
      this.isWhole = done || page?.nextCursor === undefined;
    } catch (error) {
      this.failure = error;
      throw error;
    } finally {
      this.lastPageAt = now().monotonic;
    }
  }
}
