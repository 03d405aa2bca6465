// What the runs of one process share. A share is one of runs that overlap: one that begins later is to see what others
// have changed at Datadog meanwhile, and what an earlier run has written says nothing about that.
import { isDeepStrictEqual } from "node:util";
import { now } from "../api/clock";
import type { Connection } from "../config/connection";
import { isOld } from "../seats/pageReader";
import type { Share } from "./protocol";
import { SharedProducts, type SharingRun } from "./sharedProducts";

/** A run of this process. */
export interface LocalRun extends SharingRun {
  /** What `hasEnded` told last. */
  readonly isOver: boolean;
  log(line: string): void;
}

export class RunShares {
  private shares: RunShare[] = [];

  /**
   * The share that a run takes part in from now on: that of the runs under way with the same settings, if the first of
   * them has joined it within five minutes, which is as long as a listing is believed; else a new one.
   */
  join(connection: Connection, run: LocalRun): Share {
    this.shares = this.shares.filter((share) => share.isInUse);
    let share = this.shares.find((one) => one.takes(connection));
    if (!share) {
      share = new RunShare(connection);
      this.shares.push(share);
    }
    return share.joinedBy(run);
  }
}

class RunShare {
  private readonly began = now().monotonic;
  private readonly runs = new Set<LocalRun>();
  private readonly products: SharedProducts;

  constructor(private readonly connection: Connection) {
    this.products = new SharedProducts(connection, (line) => {
      for (const run of this.runs) if (!run.isOver) run.log(line);
    });
  }

  get isInUse(): boolean {
    return [...this.runs].some((run) => !run.isOver);
  }

  takes(connection: Connection): boolean {
    return !isOld(this.began) && isDeepStrictEqual(connection, this.connection);
  }

  joinedBy(run: LocalRun): Share {
    this.runs.add(run);
    return { send: (request) => this.products.result(request, run) };
  }
}
