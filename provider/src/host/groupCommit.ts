// Group commit, as databases do it: what arrives while requests are under way waits, and goes as one.
import DataLoader from "dataloader";

/** Datadog documents no limit to the users of a request; the official clients' pages are of this size. */
const LARGEST_GROUP = 100;

/** How long the first of a group waits for others: the engine hands out resources a few milliseconds apart. */
export const GATHER_MS = 10;

/** How many requests may be under way at a time. */
export class Lanes {
  private busy = 0;
  private readonly ready: (() => void)[] = [];

  constructor(private readonly most: () => number) {}

  /** Calls `start` when others have had time to join in and a lane is free; `release` ends it. */
  acquire(start: () => void): void {
    setTimeout(() => {
      this.ready.push(start);
      this.fill();
    }, GATHER_MS);
  }

  release(): void {
    this.busy -= 1;
    this.fill();
  }

  private fill(): void {
    while (this.busy < this.most() && this.ready.length > 0) {
      this.busy += 1;
      this.ready.shift()?.();
    }
  }
}

/**
 * Collects users into groups and sends each group by `send`, which answers what failed, by user.
 */
export class GroupCommit {
  private readonly loader: DataLoader<string, undefined>;

  constructor(
    lanes: Lanes,
    send: (userIds: readonly string[]) => Promise<ReadonlyMap<string, Error>>,
  ) {
    this.loader = new DataLoader(
      async (userIds) => {
        try {
          const failures = await send(userIds);
          return userIds.map((userId) => failures.get(userId));
        } finally {
          lanes.release();
        }
      },
      {
        cache: false,
        maxBatchSize: LARGEST_GROUP,
        batchScheduleFn: (dispatch) => lanes.acquire(dispatch),
      },
    );
  }

  /** Resolves when the user's write is done; rejects with what `send` says of the user. */
  async write(userId: string): Promise<void> {
    await this.loader.load(userId);
  }
}
