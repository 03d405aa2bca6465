// The pages of one listing, as far as somebody has needed them: the next one is read when somebody asks for it.
import { now } from "../api/clock";
import type { SeatsApiError } from "../api/errors";
import type { Page, SeatUser } from "../api/responses";

/**
 * So long after its last page, a listing is no longer believed: others assign and unassign seats meanwhile. Counted from
 * the last page, because under a rate limit a long listing may take longer than this.
 */
export const MAX_AGE_MS = 5 * 60_000;

/** Whether what was learned at a moment of the monotonic clock is no longer believed. */
export const isOld = (at: number) => now().monotonic - at > MAX_AGE_MS;

export class PageReader {
  /** Who holds a seat by the pages read so far. */
  readonly holders = new Map<string, SeatUser>();
  /** By the monotonic clock. */
  readonly beganAt = now().monotonic;
  private count = 0;
  private reachedEnd = false;
  private failure: SeatsApiError | undefined;
  /** When the last page came, or failed. */
  private lastPageAt = this.beganAt;
  private inFlight: Promise<void> | undefined;

  constructor(private readonly pages: AsyncGenerator<Page, void>) {}

  get pagesRead(): number {
    return this.count;
  }

  /** Whether every page has been read. */
  get isWhole(): boolean {
    return this.reachedEnd;
  }

  /** Whether whoever needs a listing next has to begin another one. */
  get isOutdated(): boolean {
    // Keys that were refused are not tried again while that is believed.
    if (this.failure && this.failure.outcome !== "forbidden") return true;
    return !this.inFlight && isOld(this.lastPageAt);
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

  /** Reads every page that is left, and tells everybody who holds a seat. */
  async toEnd(): Promise<ReadonlyMap<string, SeatUser>> {
    while (!this.reachedEnd) await this.next();
    return this.holders;
  }

  private async read(): Promise<void> {
    if (this.failure) throw this.failure;
    try {
      const { value: page, done } = await this.pages.next();
      for (const user of page?.users ?? []) this.holders.set(user.userId, user);
      this.count += 1;
      this.reachedEnd = done || page?.nextCursor === undefined;
    } catch (error) {
      this.failure = error as SeatsApiError;
      throw error;
    } finally {
      this.lastPageAt = now().monotonic;
    }
  }
}
