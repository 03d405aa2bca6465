// Who owns each seat, and what is wrong with it: what Datadog's listing and the states of stacks say together.
import type { Holder } from "./list";
import type { OwnedSeat, Owner } from "./ownedSeats";

/** What can be wrong with the owners of a seat: there is none, there are two, or nobody holds the seat. */
const OWNER_FINDINGS = ["unmanaged", "twice", "missing"] as const;

/** What can be wrong with its user, which is looked for when it is asked for: see people.ts. */
export const PEOPLE_FINDINGS = ["disabled", "inactive", "seatless"] as const;
export type PeopleFinding = (typeof PEOPLE_FINDINGS)[number];

/** What can be wrong with a seat; several of these at once may be. */
export const SEAT_FINDINGS = [...OWNER_FINDINGS, ...PEOPLE_FINDINGS] as const;
export type SeatFinding = (typeof SEAT_FINDINGS)[number];

/** In the words of the help and of the page. */
export const FINDING_MEANINGS: Readonly<Record<SeatFinding, string>> = {
  unmanaged: "somebody holds the seat, and no resource of the given stacks owns it",
  twice: "two resources own it: whichever is destroyed first unassigns it for both",
  missing: "a resource owns it, and nobody holds it: `pulumi up --refresh` assigns it again",
  disabled: "its holder is disabled",
  inactive:
    "its holder has not logged in for so long, or has never logged in and the seat is older",
  seatless: "somebody needs it and holds none, so that person can't be paged",
};

/**
 * A seat that somebody holds, some resource owns, or somebody needs. Only the user's UUID is known of one that is neither
 * held nor needed.
 */
export interface ReportedSeat extends Holder {
  readonly held: boolean;
  readonly owners: readonly Owner[];
  readonly findings: readonly SeatFinding[];
  /** When somebody who is inactive last logged in, as an ISO 8601 date and time; `null` for never. */
  readonly lastLoginAt?: string | null;
  /** What needs the user to have a seat, as it was given. */
  readonly neededBy?: readonly string[];
}

/** Seats in which findings about people were looked for. */
export interface PeopleReport {
  readonly seats: readonly ReportedSeat[];
  readonly lookedFor: readonly PeopleFinding[];
  /** What could not be told, and why, a sentence for each. */
  readonly undetermined: readonly string[];
}

/** How many seats of a product are held, are owned by some resource, and have which finding that was looked for. */
export interface SeatCounts
  extends Record<(typeof OWNER_FINDINGS)[number], number>,
    Partial<Record<PeopleFinding, number>> {
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
  return { ...seat, held, owners, findings: OWNER_FINDINGS.filter((finding) => is[finding]) };
}

export const hasFinding = ({ findings }: ReportedSeat, wanted: readonly SeatFinding[]) =>
  findings.some((finding) => wanted.includes(finding));

/** Otherwise in the same order. */
export const findingsFirst = (seats: readonly ReportedSeat[]): ReportedSeat[] => [
  ...seats.filter(({ findings }) => findings.length > 0),
  ...seats.filter(({ findings }) => findings.length === 0),
];

export const countFinding = (seats: readonly ReportedSeat[], finding: SeatFinding) =>
  seats.filter((seat) => hasFinding(seat, [finding])).length;

/**
 * A seat's findings, those about its user with the reason, such as "last login 2026-03-04".
 *
 * @param quote makes a need fit for the format, because a handle may be any text
 */
export function findingReasons(
  { findings, lastLoginAt, neededBy = [] }: ReportedSeat,
  quote = (text: string) => text,
): { finding: SeatFinding; reason: string | undefined }[] {
  const reasons: Partial<Record<SeatFinding, string>> = {
    inactive: lastLoginAt ? `last login ${lastLoginAt.slice(0, 10)}` : "never logged in",
    seatless: neededBy.map(quote).join(", "),
  };
  return findings.map((finding) => ({ finding, reason: reasons[finding] }));
}

/** Such as "missing, seatless (schedule:5c4ed01e-…)". */
export const findingsInWords = (seat: ReportedSeat, quote?: (text: string) => string): string =>
  findingReasons(seat, quote)
    .map(({ finding, reason }) => (reason ? `${finding} (${reason})` : finding))
    .join(", ");

/** @param lookedFor those of the findings about users that are counted */
export function countSeats(
  productCode: string,
  seats: readonly ReportedSeat[],
  lookedFor: readonly PeopleFinding[] = [],
): SeatCounts {
  const ofProduct = seats.filter((seat) => seat.productCode === productCode);
  return {
    productCode,
    held: ofProduct.filter(({ held }) => held).length,
    unmanaged: countFinding(ofProduct, "unmanaged"),
    owned: ofProduct.filter(({ owners }) => owners.length > 0).length,
    twice: countFinding(ofProduct, "twice"),
    missing: countFinding(ofProduct, "missing"),
    ...Object.fromEntries(lookedFor.map((finding) => [finding, countFinding(ofProduct, finding)])),
  };
}

/** How many seats of each product each stack owns, by the stacks' names. */
export function seatsByStack(
  productCodes: readonly string[],
  seats: readonly ReportedSeat[],
): (readonly [stack: string, owned: readonly number[]])[] {
  const byStack = new Map<string, number[]>();
  for (const { productCode, owners } of seats) {
    const column = productCodes.indexOf(productCode);
    for (const stack of new Set(owners.map(({ project, stack }) => `${project}/${stack}`))) {
      const owned = byStack.get(stack) ?? productCodes.map(() => 0);
      byStack.set(stack, owned.with(column, (owned[column] ?? 0) + 1));
    }
  }
  return [...byStack].sort(([one], [other]) => (one < other ? -1 : 1));
}
