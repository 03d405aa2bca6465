// Group commit, as databases do it: what arrives while requests are under way waits, and goes as one.
import DataLoader from "dataloader";

/** Datadog documents no limit to the users of a request; the official clients' pages are of this size. */
const LARGEST_GROUP = 100;

/** How long the first of a group waits for others: the engine hands out resources a few milliseconds apart. */
const GATHER_MS = 10;

/**
 * After so long without another write, the engine is taken to wait for those that it has handed out: it runs so many
 * at a time and no more. Then what waits goes beside the requests under way instead of after them.
 */
const QUIET_MS = 20;

/** How many requests may be under way at a time. More save little time and cost many requests. */
const MOST_UNDER_WAY = 3;

/** When the groups of a product depart. */
export class Departures {
  private underWay = 0;
  private lastArrival = 0;
  private quiet: NodeJS.Timeout | undefined;
  private readonly ready: (() => void)[] = [];

  /** @param oneByOne whether only one request may be under way, for the rate limit's sake */
  constructor(private readonly oneByOne: () => boolean) {}

  /** To be told of every write, whichever group it joins. */
  arrived(): void {
    this.lastArrival = Date.now();
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => this.depart(), QUIET_MS);
  }

  /** Calls `start` when a new group has had time to gather and may go; `landed` must follow. */
  schedule(start: () => void): void {
    setTimeout(() => {
      this.ready.push(start);
      this.depart();
    }, GATHER_MS);
  }

  landed(): void {
    this.underWay -= 1;
    this.depart();
  }

  private depart(): void {
    while (this.ready.length > 0 && this.underWay < this.most()) {
      this.underWay += 1;
      this.ready.shift()?.();
    }
  }

  private most(): number {
    const busy = Date.now() - this.lastArrival < QUIET_MS;
    return busy || this.oneByOne() ? 1 : MOST_UNDER_WAY;
  }
}

/** Collects users into groups and sends each group by `send`, which answers what became of each user. */
export class GroupCommit<Result> {
  private readonly loader: DataLoader<string, Result>;

  constructor(
    private readonly departures: Departures,
    send: (userIds: readonly string[]) => Promise<ReadonlyMap<string, Result | Error>>,
  ) {
    this.loader = new DataLoader(
      async (userIds) => {
        try {
          const results = await send(userIds);
          return userIds.map((id) => results.get(id) ?? new Error(`No result for user ${id}.`));
        } finally {
          departures.landed();
        }
      },
      {
        cache: false,
        maxBatchSize: LARGEST_GROUP,
        batchScheduleFn: (dispatch) => departures.schedule(dispatch),
      },
    );
  }

  /** What `send` says of the user; rejects when that is an error. */
  write(userId: string): Promise<Result> {
    this.departures.arrived();
    return this.loader.load(userId);
  }
}
