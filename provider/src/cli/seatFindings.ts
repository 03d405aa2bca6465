// Who owns each seat, and what is wrong with it: what Datadog's listing and the states of stacks say together.
import type { Holder } from "./list";
import type { OwnedSeat, Owner } from "./ownedSeats";

/**
 * What can be wrong with a seat: nobody owns it, two resources own it, or nobody holds it although a resource owns it.
 * A seat that is missing may be owned twice as well.
 */
export const SEAT_FINDINGS = ["unmanaged", "twice", "missing"] as const;
export type SeatFinding = (typeof SEAT_FINDINGS)[number];

/** A seat that somebody holds or some resource owns. Nothing but the user's UUID is known of one that is not held. */
export interface ReportedSeat extends Holder {
  readonly held: boolean;
  readonly owners: readonly Owner[];
  readonly findings: readonly SeatFinding[];
}

/** How many seats of a product are held, are owned by some resource, and have which finding. */
export interface SeatCounts extends Record<SeatFinding, number> {
  readonly productCode: string;
  readonly held: number;
  readonly owned: number;
}

/**
 * Every seat of the products that is held or owned, product by product: those that are held in the order of the
 * holders, then those that are missing in the order of their owners.
 *
 * A resource is its URN: read twice, or in the state a second time because it is to be deleted, it owns a seat once.
 */
export function reportSeats(
  productCodes: readonly string[],
  holders: readonly Holder[],
  owned: readonly OwnedSeat[],
): ReportedSeat[] {
  return productCodes.flatMap((productCode) => {
    const ofProduct = (seat: { productCode: string }) => seat.productCode === productCode;
    /** The owners of each user's seat, by URN. */
    const ownersOf = new Map<string, Map<string, Owner>>();
    for (const { userId, owner } of owned.filter(ofProduct)) {
      ownersOf.set(userId, (ownersOf.get(userId) ?? new Map()).set(owner.urn, owner));
    }
    const held = holders.filter(ofProduct);
    const heldIds = new Set(held.map(({ userId }) => userId));
    const missing = [...ownersOf.keys()].filter((userId) => !heldIds.has(userId));
    return [...held, ...missing.map((userId) => ({ productCode, userId }))].map((seat) =>
      reported(seat, heldIds.has(seat.userId), [...(ownersOf.get(seat.userId)?.values() ?? [])]),
    );
  });
}

function reported(seat: Holder, held: boolean, owners: readonly Owner[]): ReportedSeat {
  const is = { unmanaged: owners.length === 0, twice: owners.length > 1, missing: !held };
  return { ...seat, held, owners, findings: SEAT_FINDINGS.filter((finding) => is[finding]) };
}

export const hasFinding = ({ findings }: ReportedSeat, wanted: readonly SeatFinding[]) =>
  findings.some((finding) => wanted.includes(finding));

export const countFinding = (seats: readonly ReportedSeat[], finding: SeatFinding) =>
  seats.filter((seat) => hasFinding(seat, [finding])).length;

export function countSeats(productCode: string, seats: readonly ReportedSeat[]): SeatCounts {
  const ofProduct = seats.filter((seat) => seat.productCode === productCode);
  return {
    productCode,
    held: ofProduct.filter(({ held }) => held).length,
    unmanaged: countFinding(ofProduct, "unmanaged"),
    owned: ofProduct.filter(({ owners }) => owners.length > 0).length,
    twice: countFinding(ofProduct, "twice"),
    missing: countFinding(ofProduct, "missing"),
  };
}
