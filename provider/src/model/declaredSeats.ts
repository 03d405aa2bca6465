// Which resource of a program declares which seat. Two that declare the same one would assign and unassign it behind each
// other's back.

/** A resource, compared by identity. */
export interface Declarer {
  readonly name: string;
}

export interface DeclaredProduct {
  /** The same for the same product, whatever its org is called. */
  readonly key: string;
  /** As messages call it. */
  readonly name: string;
}

export class DeclaredSeats {
  private readonly declarers = new Map<string, Declarer>();

  /**
   * Adds a seat that a resource declares.
   *
   * @param userId in lower case
   * @returns what is wrong: another resource declares it too
   */
  add(by: Declarer, product: DeclaredProduct, userId: string): string | undefined {
    const exclusive = this.declarers.get(everySeatOf(product));
    if (exclusive && exclusive !== by) return besideExclusive(exclusive, by, product);
    const seat = `${product.key}/${userId}`;
    const other = this.declarers.get(seat) ?? by;
    if (other !== by) {
      return `"${other.name}" and "${by.name}" both declare the seat of ${product.name} for user ${userId}: remove one of them.`;
    }
    this.declarers.set(seat, by);
    return undefined;
  }

  /**
   * Adds every seat of a product, which an exclusive roster declares.
   *
   * @returns what is wrong: another resource declares a seat of the product
   */
  addAll(by: Declarer, product: DeclaredProduct): string | undefined {
    for (const [seat, other] of this.declarers) {
      if (seat.startsWith(`${product.key}/`) && other !== by) {
        return besideExclusive(by, other, product);
      }
    }
    this.declarers.set(everySeatOf(product), by);
    return undefined;
  }
}

const everySeatOf = ({ key }: DeclaredProduct) => `${key}/*`;

const besideExclusive = (exclusive: Declarer, other: Declarer, { name }: DeclaredProduct) =>
  `"${exclusive.name}" is exclusive, so it declares every seat of ${name}, and "${other.name}" declares seats of that product too: make them members of "${exclusive.name}", or make it not exclusive.`;
