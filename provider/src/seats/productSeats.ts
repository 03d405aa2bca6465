// One product's seats during one run of the engine: what the providers ask for, and in what order it reaches Datadog.
import type { SeatUser } from "../api/responses";
import type { SeatsApi } from "../api/seats";
import { Batcher, BatchScheduler } from "./batcher";
import { type Holders, Listing, type Lookup } from "./listing";
import type { ListingCache } from "./listingCache";
import { type Guard, type Result, type Verb, Writes } from "./writes";

export class ProductSeats {
  private readonly listing: Listing;
  private readonly batchers: Record<Verb, Batcher<Result>>;
  /** The last write for a user, which settles after all those before: never two for one user at the same time. */
  private readonly lastWrites = new Map<string, Promise<unknown>>();

  /** @param cache of this product, where there is one */
  constructor(api: SeatsApi, productCode: string, mayUnassign: Guard, cache?: ListingCache) {
    this.listing = new Listing(api, productCode, cache);
    const writes = new Writes(api, productCode, this.listing, mayUnassign);
    const scheduler = new BatchScheduler(() => api.limited);
    this.batchers = {
      assign: new Batcher<Result>(scheduler, (userIds) => writes.assign(userIds)),
      unassign: new Batcher<Result>(scheduler, (userIds) => writes.unassign(userIds)),
    };
  }

  /** What is known of the user's seat once this run's writes for the user have settled; see {@link Listing.find}. */
  async find(userId: string, maxPages?: number): Promise<Lookup> {
    await this.lastWrites.get(userId);
    return this.listing.find(userId, maxPages);
  }

  /** As `find`, for a read of the user's seat; see {@link Listing.findForRead}. */
  async findForRead(userId: string): Promise<Lookup> {
    await this.lastWrites.get(userId);
    return this.listing.findForRead(userId);
  }

  /** Everybody who holds a seat, once this run's writes so far have settled. */
  async all(): Promise<SeatUser[]> {
    await Promise.all(this.lastWrites.values());
    return this.listing.all();
  }

  /** As `all`, for whoever counts, whatever is in flight; see {@link Holders}. */
  holders(): Promise<Holders> {
    return this.listing.holders();
  }

  /** The same, where every page has been read anyway. */
  get holdersRead(): Holders | undefined {
    return this.listing.holdersRead;
  }

  /** As `all`, for a read of a roster; see {@link Listing.allForRead}. */
  async allForRead(members: readonly string[]): Promise<SeatUser[]> {
    await Promise.all(this.lastWrites.values());
    return this.listing.allForRead(members);
  }

  /** As `all`, by a listing that begins after this call. */
  async relist(): Promise<ReadonlyMap<string, SeatUser>> {
    await Promise.all(this.lastWrites.values());
    return this.listing.relist();
  }

  /**
   * Assigns the user a seat: `done`, or `already` when somebody else turned out to have done it.
   *
   * @throws SeatsApiError when the user has none afterwards, as far as can be known
   */
  assign(userId: string): Promise<Result> {
    return this.write("assign", userId);
  }

  /**
   * Unassigns the user's seat: `done`, as with a user who has none, or `kept` when the guard did not allow it.
   *
   * @throws SeatsApiError when the user still has it, as far as can be known
   */
  unassign(userId: string): Promise<Result> {
    return this.write("unassign", userId);
  }

  private write(verb: Verb, userId: string): Promise<Result> {
    const before = this.lastWrites.get(userId) ?? Promise.resolve();
    const result = before.then(() => this.batchers[verb].write(userId));
    this.lastWrites.set(
      userId,
      result.catch(() => undefined),
    );
    return result;
  }
}
