// Keeps the seats that an org holds within the user's own bound: no request is sent that would make them more, and none at all
// once it shows that what the program declares doesn't fit. Others assign seats too: what counts is this run's listing.
import { SeatsError } from "../model/errors";
import type { Product, Seat } from "../model/seat";
import type { ProductSeats } from "../seats/productSeats";

/** What a resource does: first it unassigns the seats of some users, then it assigns seats to others. */
interface Change {
  /** Absent where this is not told: a resource that is replaced is checked a second time, without its state. */
  readonly leaving?: readonly string[];
  readonly joining: readonly string[];
}

export class SeatLimit {
  /** By product, and by the resource's URN or the id of its seat. */
  private readonly changes = new Map<string, Map<string, Change>>();
  /** The users whose requests are in flight, by product. */
  private readonly inFlight = new Map<string, Set<string>>();

  /**
   * @param limits by product code; may throw a ConfigurationError
   * @param name of the setting
   * @param isWanted whether a seat that somebody gives up stays, because another resource declares it
   */
  constructor(
    private readonly limits: () => ReadonlyMap<string, number>,
    private readonly name: () => string,
    private readonly product: (product: Product) => ProductSeats,
    private readonly isWanted: (seat: Seat) => boolean,
  ) {}

  /** @throws ConfigurationError */
  has({ productCode }: Product): boolean {
    return this.limits().has(productCode);
  }

  /** A resource of the program is to be created or changed. */
  expect(resource: string, { productCode }: Product, change: Change): void {
    const changes = this.changes.get(productCode) ?? new Map<string, Change>();
    this.changes.set(productCode, changes.set(resource, { ...changes.get(resource), ...change }));
  }

  /**
   * Resolves when all that was expected so far fits. A seat that replaces another one counts as if that were unassigned
   * before, which `deleteBeforeReplace` does: nobody tells.
   *
   * @throws SeatsError with the numbers
   */
  async check({ productCode }: Product): Promise<void> {
    if (!this.has({ productCode })) return;
    const holders = await this.product({ productCode }).holders();
    const changes = [...(this.changes.get(productCode)?.values() ?? [])];
    const joining = new Set(changes.flatMap((change) => change.joining));
    const leaving = new Set(changes.flatMap((change) => change.leaving ?? []));
    const goes = (userId: string) => holders.has(userId) && !this.isWanted({ productCode, userId });
    const more = [...joining].filter((userId) => !holders.has(userId)).length;
    this.refuseMore(productCode, holders.count, more, [...leaving].filter(goes).length);
  }

  /**
   * Does an assignment.
   *
   * @throws SeatsError with the numbers, where it would be one too many now
   */
  async assigning<T>(seat: Seat, assign: () => Promise<T>): Promise<T> {
    const { productCode, userId } = seat;
    if (!this.has(seat)) return assign();
    const holders = await this.product(seat).holders();
    const inFlight = this.inFlight.get(productCode) ?? new Set<string>();
    this.inFlight.set(productCode, inFlight);
    const assigned = new Set([...inFlight, userId]);
    const more = [...assigned].filter((id) => !holders.has(id)).length;
    this.refuseMore(productCode, holders.count, more, 0);
    inFlight.add(userId);
    return assign().finally(() => inFlight.delete(userId));
  }

  private refuseMore(productCode: string, held: number, more: number, fewer: number): void {
    const limit = this.limits().get(productCode) ?? Number.POSITIVE_INFINITY;
    if (more === 0 || held + more - fewer <= limit) return;
    const after = fewer > 0 ? ` after ${fewer === 1 ? "1 is" : `${fewer} are`} unassigned` : "";
    throw new SeatsError(
      `${this.name()} of ${productCode} is ${limit}: the org holds ${held} now, and the program, as far as it has been seen, assigns ${more} more${after}. Raise the limit, or unassign seats in a run before this one: those of removed resources go at the end of a run. A SeatRoster unassigns before it assigns; so does a SeatAssignment whose user changes, with the option \`deleteBeforeReplace: true\`.`,
      `The ${productCode} seats would exceed ${this.name()}: another error of this run says why.`,
    );
  }
}
