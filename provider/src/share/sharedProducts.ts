// The products of one org as several runs share them: one listing of each, writes in batches, and one rate limit.
import type { Call } from "../api/call";
import { cancelled } from "../api/errors";
import { SeatsApi } from "../api/seats";
import type { Connection } from "../config/connection";
import { adoptionBound } from "../seats/adoptionBound";
import { ProductSeats } from "../seats/productSeats";
import type { Guard } from "../seats/writes";
import type { ShareRequest } from "./protocol";

/**
 * How long the first write of a batch waits for others: the listing is there already, so nothing makes the resources of
 * a stack wait for one another, and engines that run side by side start theirs at a slower pace than one alone.
 */
const GATHER_MS = 200;

/** What a stack declares is its own business: it asks for no removal of a seat that its program wants. */
const NO_GUARD: Guard = { isWanted: () => false, unassigning: () => {} };

/** Who asks: the run of one stack, which may end before there is a response. */
export interface SharingRun {
  hasEnded(): boolean | Promise<boolean>;
}

export class SharedProducts {
  private readonly api: SeatsApi;
  private readonly products = new Map<string, ProductSeats>();
  /** The runs that wait for the write of a seat, by product and user. */
  private readonly waiting = new Map<string, Set<SharingRun>>();

  /** @param log called with a line about what concerns all runs, such as a wait for the rate limit */
  constructor(
    private readonly connection: Connection,
    private readonly log: (line: string) => void,
  ) {
    this.api = new SeatsApi(connection, {
      onWait: log,
      // A server keeps the process running until the share ends, so a wait need not.
      inBackground: true,
      beforeWrite: (call, inDoubt) => this.confirm(call, inDoubt),
    });
  }

  /**
   * What became of a request; of a listing, a list.
   *
   * @throws SeatsApiError as the methods of ProductSeats
   */
  async result(
    { method, productCode, userId = "" }: Omit<ShareRequest, "id">,
    run: SharingRun,
  ): Promise<unknown> {
    const seats = this.product(productCode);
    switch (method) {
      case "all":
        return seats.all();
      case "relist":
        return [...(await seats.relist()).values()];
      case "lookUp":
      case "find":
      case "details":
        return seats[method](userId);
      case "assign":
      case "unassign":
        return this.waitingFor(`${productCode}/${userId}`, run, () => seats[method](userId));
    }
  }

  private product(productCode: string): ProductSeats {
    const seats =
      this.products.get(productCode) ??
      new ProductSeats(this.api, productCode, NO_GUARD, {
        bound: adoptionBound(this.connection, { productCode }, this.log),
        gatherMs: GATHER_MS,
      });
    this.products.set(productCode, seats);
    return seats;
  }

  private async waitingFor<T>(seat: string, run: SharingRun, write: () => Promise<T>): Promise<T> {
    const runs = this.waiting.get(seat) ?? new Set();
    this.waiting.set(seat, runs.add(run));
    try {
      return await write();
    } finally {
      runs.delete(run);
    }
  }

  /** A write isn't sent any more when every run that asked for a part of it has ended: no state would hold it. */
  private async confirm(call: Call, inDoubt: boolean): Promise<void> {
    const runs = call.userIds.flatMap((userId) => [
      ...(this.waiting.get(`${call.productCode}/${userId}`) ?? []),
    ]);
    const ended = await Promise.all(runs.map((run) => run.hasEnded()));
    if (ended.includes(false)) return;
    throw cancelled(call, inDoubt);
  }
}
