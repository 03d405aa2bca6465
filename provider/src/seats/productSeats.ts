// One product's seats during one run of the engine: what the providers ask for, and in what order it reaches Datadog.
import { now } from "../api/clock";
import { SeatsApiError } from "../api/errors";
import type { SeatUser } from "../api/responses";
import { type SeatsApi, seatsCall } from "../api/seats";
import { Batcher, BatchScheduler } from "./batcher";
import { Listing, type Lookup } from "./listing";
import { isOld } from "./pageReader";
import { WriteOrder } from "./writeOrder";
import { type Result, type Verb, Writes } from "./writes";

export class ProductSeats {
  private readonly listing: Listing;
  private readonly batchers: Record<Verb, Batcher<Result>>;
  private readonly order = new WriteOrder();
  /** That the keys were refused, and when by the monotonic clock. */
  private forbidden: { failure: SeatsApiError; at: number } | undefined;

  constructor(
    api: SeatsApi,
    private readonly productCode: string,
    mayUnassign: (userId: string) => boolean,
  ) {
    this.listing = new Listing(api, productCode);
    const writes = new Writes(api, productCode, this.listing, mayUnassign);
    const scheduler = new BatchScheduler(() => api.limited);
    const batcher = (verb: Verb) =>
      new Batcher<Result>(scheduler, async (userIds) => {
        const results = await writes[verb](userIds);
        const failure = [...results.values()].find(isForbidden);
        if (failure) this.forbidden = { failure, at: now().monotonic };
        return results;
      });
    this.batchers = { assign: batcher("assign"), unassign: batcher("unassign") };
  }

  /** What is known of the user's seat once this run's writes for the user have settled; see {@link Listing.find}. */
  async find(userId: string, maxPages?: number): Promise<Lookup> {
    await this.order.settled(userId);
    return this.listing.find(userId, maxPages);
  }

  /** Everybody who holds a seat; see {@link Listing.all}. */
  async all(): Promise<SeatUser[]> {
    await this.order.allSettled();
    return this.listing.all();
  }

  /** Everybody who holds a seat, by a listing that begins after this run's writes so far. */
  async relist(): Promise<ReadonlyMap<string, SeatUser>> {
    await this.order.allSettled();
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
   * Unassigns the user's seat: `done`, as with a user who has none, or `kept` when the program declares it.
   *
   * @throws SeatsApiError when the user still has it, as far as can be known
   */
  unassign(userId: string): Promise<Result> {
    return this.write("unassign", userId);
  }

  private write(verb: Verb, userId: string): Promise<Result> {
    return this.order.write(userId, async () => {
      // Keys that were refused are not tried again while that is believed.
      if (this.forbidden && !isOld(this.forbidden.at)) {
        const call = seatsCall(verb, this.productCode);
        throw this.forbidden.failure.forUsers([userId], call);
      }
      return this.batchers[verb].write(userId);
    });
  }
}

function isForbidden(result: Result | SeatsApiError): result is SeatsApiError {
  return result instanceof SeatsApiError && result.outcome === "forbidden";
}
