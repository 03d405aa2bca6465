// A seat that is held already: what a preview finds out about it, and what it says, in the preview as in an `up`.
import { aSeat, type Seat } from "./seat";

/** What Datadog tells of a seat that a user holds. */
export interface HeldSeat {
  readonly email?: string;
  /** An ISO 8601 date and time. */
  readonly assignedAt?: string;
}

/**
 * What the provider process finds out about a new seat of a preview, for the program to report: only the program knows
 * all new seats, and only the provider process is sure to have the keys.
 */
export interface SeatPreview {
  /** Present where the user holds the seat already. */
  readonly held?: HeldSeat;
  /** Whether the listing has more pages than are read: so the user may hold the seat already. */
  readonly isUnsure?: true;
  /** How many seats are held now, where every page was read. */
  readonly seats?: number;
  /** Why the `up` will refuse it. */
  readonly refused?: string;
  /** Why Datadog could not be asked. */
  readonly problem?: string;
}

/** "the on_call seat that user 3fa8… (alice@example.com) has held since 2026-01-02T03:04:05Z" */
export const heldSeat = (seat: Seat, held: HeldSeat) =>
  `the ${seat.productCode} seat that ${holder(seat, held)} ${holds(held)}`;

/** What a preview says of a new resource for a held seat. */
export const adoption = (seat: Seat, held: HeldSeat) =>
  `Will adopt ${heldSeat(seat, held)}: this stack will own it.`;

/** Why `existing: "reject"` refuses a held seat, in a preview as in an `up`, and what to do. */
export const seatRejection = (seat: Seat, held: HeldSeat) =>
  `Can't assign ${aSeat(seat.productCode)} to ${holder(seat, held)}, who already holds one${assigned(held)}, because \`existing\` is "reject". ${adviceOnReject("the seat")}`;

/** @param what the seat or seats that `existing: "reject"` refuses */
export const adviceOnReject = (what: string) =>
  `Likely reasons: an earlier run of this stack was interrupted after it had assigned ${what}, or another resource of this stack has had ${what} so far. Then, and whenever this stack is to own ${what}, run once with \`existing: "adopt"\`. If this resource was renamed or moved, give it \`aliases\` instead.`;

/**
 * Why the ownership map refuses a seat, whoever holds it.
 *
 * @param reason such as "seats.json lists it under platform"
 */
export const mapRefusal = (seat: Seat, held: HeldSeat, reason: string) =>
  `Can't own the ${seat.productCode} seat of ${holder(seat, held)}: ${reason}, another stack than this one. Remove the resource, or write the map anew.`;

/**
 * "on_call: 41 seats now, at most 45 with the 4 new ones; the month is billed by the most at one time."
 *
 * @param then what becomes of them; without anything nothing is said
 */
export function seatCount(productCode: string, now: number, then: readonly string[]): string {
  if (then.length === 0) return "";
  const seats = [`${now} ${now === 1 ? "seat" : "seats"} now`, ...then].join(", ");
  return `${productCode}: ${seats}; the month is billed by the most at one time.`;
}

/** What a preview says, once, where Datadog could not be asked. */
export const lookupFailed = (problem: string) =>
  `${problem} So this preview doesn't tell which of its new seats are held already.`;

const holder = ({ userId }: Seat, { email }: HeldSeat) =>
  email ? `user ${userId} (${email})` : `user ${userId}`;

const holds = ({ assignedAt }: HeldSeat) => (assignedAt ? `has held since ${assignedAt}` : "holds");

const assigned = ({ assignedAt }: HeldSeat) => (assignedAt ? ` (assigned ${assignedAt})` : "");
