// Datadog in memory: who holds which seat, and what the Seats API does where its documents leave that open.
import { PRODUCTS, seatNamed } from "./world";

/** What Datadog's documents leave open. */
export interface Behaviour {
  /** What becomes of an assignment to somebody who holds the seat. */
  readonly assignHeld: "assigned" | "unnamed" | 409;
  /** What becomes of the removal of a seat that nobody holds. */
  readonly unassignAbsent: 204 | 404;
  /** How many seats of each product there are. */
  readonly capacity?: number | undefined;
}

/** A request that is refused has no effect. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export class Datadog {
  /** When each holder got the seat, by product. */
  private readonly products = new Map<string, Map<string, string>>();
  /** No two seats are assigned at the same time. */
  private seconds = Date.UTC(2026, 0) / 1000;

  constructor(private readonly behaviour: Behaviour) {}

  /** Every seat that is held. */
  get held(): Set<string> {
    const seats = PRODUCTS.flatMap((product) =>
      [...this.holders(product).keys()].map((id) => seatNamed(product, id)),
    );
    return new Set(seats);
  }

  holders(productCode: string): Map<string, string> {
    const holders = this.products.get(productCode) ?? new Map<string, string>();
    this.products.set(productCode, holders);
    return holders;
  }

  /** Returns whom Datadog names as having got a seat. */
  assign(productCode: string, userIds: readonly string[]): Set<string> {
    const { assignHeld, capacity = Number.POSITIVE_INFINITY } = this.behaviour;
    const holders = this.holders(productCode);
    const free = userIds.filter((id) => !holders.has(id));
    if (free.length < userIds.length && assignHeld === 409) {
      throw new Refusal(409, "a user already has a seat");
    }
    if (holders.size + free.length > capacity) throw new Refusal(422, "no seats left");
    for (const id of free) this.give(productCode, id);
    return new Set(assignHeld === "assigned" ? userIds : free);
  }

  unassign(productCode: string, userIds: readonly string[]): void {
    const holders = this.holders(productCode);
    if (this.behaviour.unassignAbsent === 404 && !userIds.every((id) => holders.has(id))) {
      throw new Refusal(404, "a user has no seat");
    }
    for (const id of userIds) holders.delete(id);
  }

  /** Somebody else assigns a seat, or unassigns it. */
  changeFromOutside(productCode: string, userId: string, held: boolean): void {
    const holders = this.holders(productCode);
    if (!held) holders.delete(userId);
    else if (!holders.has(userId)) this.give(productCode, userId);
  }

  private give(productCode: string, userId: string): void {
    this.seconds += 1;
    this.holders(productCode).set(userId, new Date(this.seconds * 1000).toISOString());
  }
}
