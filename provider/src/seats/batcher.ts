// Collects single writes into batches. What arrives while requests are in flight waits, and goes as one.
import DataLoader from "dataloader";

/** Datadog documents no limit to the users of a request; the official clients' pages are of this size. */
const MAX_BATCH_SIZE = 100;

/** How long the first write of a batch waits for others: an engine starts resources a few milliseconds apart. */
const GATHER_MS = 10;

/**
 * After so long without another write, the engine is waiting for those that it has started: it runs a fixed number at a
 * time. Then the next batch goes beside the requests in flight instead of after them.
 */
const QUIET_MS = 20;

/** How many requests may be in flight once no more writes arrive. More save little time and cost many requests. */
const MAX_IN_FLIGHT = 3;

/** Decides when the batches of a product are sent. */
export class BatchScheduler {
  private inFlight = 0;
  private lastArrival = 0;
  private quiet: NodeJS.Timeout | undefined;
  private readonly ready: (() => void)[] = [];

  /** @param oneByOne whether only one request may be in flight, because of the rate limit */
  constructor(private readonly oneByOne: () => boolean) {}

  /** To be called for every write, whichever batch it joins. */
  arrived(): void {
    this.lastArrival = performance.now();
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => this.startReady(), QUIET_MS);
  }

  /** Calls `start` when a new batch has had time to gather and may be sent; `settled` must follow. */
  schedule(start: () => void): void {
    setTimeout(() => {
      this.ready.push(start);
      this.startReady();
    }, GATHER_MS);
  }

  settled(): void {
    this.inFlight -= 1;
    this.startReady();
  }

  private startReady(): void {
    while (this.ready.length > 0 && this.inFlight < this.maxInFlight()) {
      this.inFlight += 1;
      this.ready.shift()?.();
    }
  }

  private maxInFlight(): number {
    const busy = performance.now() - this.lastArrival < QUIET_MS;
    return busy || this.oneByOne() ? 1 : MAX_IN_FLIGHT;
  }
}

/** Sends users in batches through `send`, which tells what became of each user. */
export class Batcher<Result> {
  private readonly loader: DataLoader<string, Result>;

  constructor(
    private readonly scheduler: BatchScheduler,
    send: (userIds: readonly string[]) => Promise<ReadonlyMap<string, Result | Error>>,
  ) {
    this.loader = new DataLoader(
      async (userIds) => {
        try {
          const results = await send(userIds);
          return userIds.map((id) => results.get(id) ?? new Error(`No result for user ${id}.`));
        } finally {
          scheduler.settled();
        }
      },
      {
        cache: false,
        maxBatchSize: MAX_BATCH_SIZE,
        batchScheduleFn: (dispatch) => scheduler.schedule(dispatch),
      },
    );
  }

  /** What `send` tells of the user; rejects when that is an error. */
  write(userId: string): Promise<Result> {
    this.scheduler.arrived();
    return this.loader.load(userId);
  }
}
