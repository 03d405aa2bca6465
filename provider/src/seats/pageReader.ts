// The pages of one listing, as far as somebody has needed them: the next one is read when somebody asks for it.
import { isOld, now } from "../api/clock";
import type { Page, SeatUser } from "../api/responses";

export class PageReader {
  /** Who holds a seat by the pages read so far. */
  readonly holders = new Map<string, SeatUser>();
  /** By the monotonic clock. */
  readonly beganAt = now().monotonic;
  pagesRead = 0;
  /** Whether every page has been read. */
  isWhole = false;
  private failure: unknown;
  /** Under a rate limit a long listing may take longer than it is believed, so its age counts from its last page. */
  private lastPageAt = this.beganAt;
  private inFlight: Promise<void> | undefined;

  constructor(private readonly pages: AsyncGenerator<Page, void>) {}

  /** Whether whoever needs a listing next has to begin another one. */
  get isOutdated(): boolean {
    return this.failure !== undefined || (!this.inFlight && isOld(this.lastPageAt));
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
