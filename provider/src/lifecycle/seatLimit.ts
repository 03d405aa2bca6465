// Keeps the seats that an org holds within the user's own bound: no request is sent that would make them more, and none at all
// once it shows that what the program declares doesn't fit. Others assign seats too: what counts is this run's listing.
import { SeatsError } from "../model/errors";
import type { Product, Seat } from "../model/seat";
import type { ProductSeats } from "../seats/productSeats";

/** The users whose seats change, as far as the program has been seen. */
class Expected {
  /** Who loses a seat before others get one. */
  readonly leaving = new Set<string>();
  readonly joining = new Set<string>();
  /** Those of them whose requests are in flight. */
  readonly inFlight = new Set<string>();
}

export class SeatLimit {
  private readonly products = new Map<string, Expected>();

  /**
   * @param limits by product code; may throw a ConfigurationError
   * @param name of the setting
   * @param product to ask who holds a seat
   * @param isDeclared whether the program declares a seat
   * @param stays whether a seat that a resource gives up is not unassigned, as far as is known
   */
  constructor(
    private readonly limits: () => ReadonlyMap<string, number>,
    private readonly name: () => string,
    private readonly product: (product: Product) => ProductSeats,
    private readonly isDeclared: (seat: Seat) => boolean,
    private readonly stays: (seat: Seat) => Promise<boolean>,
  ) {}

  /** @throws ConfigurationError */
  has({ productCode }: Product): boolean {
    return this.limits().has(productCode);
  }

  /** A resource of the program is to be created or changed: first it unassigns some seats, then it assigns others. */
  expect(product: Product, change: { leaving?: readonly string[]; joining: readonly string[] }) {
    const { leaving, joining } = this.expected(product);
    for (const userId of change.leaving ?? []) leaving.add(userId);
    for (const userId of change.joining) joining.add(userId);
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
    const { leaving, joining } = this.expected({ productCode });
    // Thousands of seats are checked, and mostly all of them fit.
    if (this.fits(productCode, holders.count + joining.size)) return;
    const going: string[] = [];
    for (const userId of leaving) {
      if (!holders.has(userId)) leaving.delete(userId);
      else if (!(await this.stays({ productCode, userId }))) going.push(userId);
    }
    for (const userId of joining) {
      // A seat that is checked again, with `ignoreChanges` for example, may be declared no more.
      if (holders.has(userId) || !this.isDeclared({ productCode, userId })) joining.delete(userId);
    }
    const fewer = going.filter((userId) => holders.has(userId)).length;
    this.refuseMore(productCode, holders.count, joining.size, fewer);
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
    const { inFlight, joining } = this.expected(seat);
    if (!this.fits(productCode, holders.count + inFlight.size + 1)) {
      const assigned = new Set([...inFlight, userId]);
      const more = [...assigned].filter((id) => !holders.has(id)).length;
      this.refuseMore(productCode, holders.count, more, 0);
    }
    inFlight.add(userId);
    const result = await assign().finally(() => inFlight.delete(userId));
    joining.delete(userId);
    return result;
  }

  private expected({ productCode }: Product): Expected {
    const expected = this.products.get(productCode) ?? new Expected();
    this.products.set(productCode, expected);
    return expected;
  }

  private fits(productCode: string, seats: number): boolean {
    return seats <= (this.limits().get(productCode) ?? Number.POSITIVE_INFINITY);
  }

  private refuseMore(productCode: string, held: number, more: number, fewer: number): void {
    if (more === 0 || this.fits(productCode, held + more - fewer)) return;
    const limit = this.limits().get(productCode);
    const after = fewer > 0 ? ` after ${fewer === 1 ? "1 is" : `${fewer} are`} unassigned` : "";
    throw new SeatsError(
      `${this.name()} of ${productCode} is ${limit}: the org holds ${held} now, and the program, as far as it has been seen, assigns ${more} more${after}. Raise the limit, or unassign seats in a run before this one: those of removed resources go at the end of a run. A SeatRoster unassigns before it assigns; so does a SeatAssignment whose user changes, with the option \`deleteBeforeReplace: true\`.`,
      `The ${productCode} seats would exceed ${this.name()}: another error of this run says why.`,
    );
  }
}
