// What the ownership map says of the seats of this run: see config/ownershipMap.ts. A seat that it lists is never unassigned.
import { SeatsApiError } from "../api/errors";
import type { SeatUser } from "../api/responses";
import type { OwnershipMap } from "../config/ownershipMap";
import { SeatsError } from "../model/errors";
import type { Product, Seat } from "../model/seat";
import { parseUrn } from "../model/urn";
import { isHeld } from "../seats/listing";
import type { ProductSeats } from "../seats/productSeats";

/** Under which stack the map lists a seat. */
export interface MappedOwner {
  /** "seats.json lists it under platform": the end of a sentence. */
  readonly reason: string;
  /** Absent while this run does not know which stack it is of. */
  readonly isThisStack?: boolean;
}

/** What the map says of a seat; "not held" where only the email of whoever holds it could tell. */
export type Mapping = MappedOwner | "not listed" | "not held";

export const isListed = (mapping: Mapping | undefined): mapping is MappedOwner =>
  typeof mapping === "object";

export const isListedHere = (mapping: Mapping | undefined) =>
  isListed(mapping) && mapping.isThisStack === true;

export class MappedSeats {
  /** The names under which the map may list this stack. */
  private names: readonly string[] = [];

  /**
   * @param map `undefined` without a map
   * @param product whose listing tells emails
   */
  constructor(
    private readonly map: () => OwnershipMap | undefined,
    private readonly product: (product: Product) => ProductSeats,
  ) {}

  /** A resource of this run has the URN. */
  inStackOf(urn: string): void {
    if (this.knowsStack) return;
    const { stack, project } = parseUrn(urn) ?? {};
    if (stack) this.names = [stack, `${project}/${stack}`];
  }

  /** Whether the run knows which stack it is of: a `destroy` does not tell the dynamic provider. */
  get knowsStack(): boolean {
    return this.names.length > 0;
  }

  /**
   * The stack under which the map lists a seat, as far as what is known of its user tells.
   *
   * @throws ConfigurationError when the map can't be used
   */
  ownerOf({ productCode }: Product, user: SeatUser): MappedOwner | undefined {
    const map = this.map();
    const stack = map?.stackOf(productCode, user);
    if (!map || stack === undefined) return undefined;
    return {
      reason: `${map.file} lists it under ${stack}`,
      ...(this.knowsStack && { isThisStack: this.names.includes(stack) }),
    };
  }

  /** Whoever holds a seat that the map lists under no stack. */
  notListed(product: Product, holders: readonly SeatUser[]): readonly SeatUser[] {
    return this.map() ? holders.filter((user) => !this.ownerOf(product, user)) : holders;
  }

  /**
   * As `ownerOf`, of a seat that is to be released. Where the map lists users by email, the listing tells whose email it is.
   *
   * @throws ConfigurationError; SeatsApiError when Datadog can't be asked
   */
  async find(seat: Seat): Promise<Mapping> {
    const map = this.map();
    if (!map?.needsEmail(seat)) return this.ownerOf(seat, seat) ?? "not listed";
    const user = await this.holder(seat).catch((error) => {
      throw error instanceof SeatsApiError ? error.adding(needsListing(map)) : error;
    });
    if (user && !user.email) {
      throw new SeatsError(
        `Datadog tells no email of user ${seat.userId}, so it is not known whether ${map.file} lists the ${seat.productCode} seat: add the user to it by UUID, or run without it.`,
      );
    }
    return user ? (this.ownerOf(seat, user) ?? "not listed") : "not held";
  }

  /** Of a seat that this run has assigned, an earlier listing may not tell the email. */
  private async holder(seat: Seat): Promise<SeatUser | undefined> {
    const product = this.product(seat);
    const found = await product.find(seat.userId);
    if (isHeld(found) && found.email) return found;
    return (await product.relist()).get(seat.userId);
  }
}

const needsListing = ({ file }: OwnershipMap) =>
  `Before a seat is unassigned, the listing tells whether ${file} has its user's email: with UUIDs in its place no listing is needed.`;
