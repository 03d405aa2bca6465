// A seat that is held already, in words: what a preview says of it, and what an `up` does.
import { adviceOnReject, aSeat, type Seat } from "./seat";

/** What Datadog tells of a seat that a user holds. */
export interface HeldSeat {
  readonly email?: string;
  /** An ISO 8601 date and time. */
  readonly assignedAt?: string;
}

/** "the on_call seat that user 3fa8… (alice@example.com) has held since 2026-01-02T03:04:05Z" */
export const heldSeat = (seat: Seat, held: HeldSeat) =>
  `the ${seat.productCode} seat that ${holder(seat, held)} ${holds(held)}`;

/** What a preview says of a new resource for it. */
export const adoption = (seat: Seat, held: HeldSeat) =>
  `Will adopt ${heldSeat(seat, held)}: this stack will own it.`;

/** Why `existing: "reject"` refuses it, and what to do. */
export const seatRejection = (seat: Seat, held: HeldSeat) =>
  `Could not assign ${aSeat(seat.productCode)} to ${holder(seat, held)}, who already holds one${assigned(held)}, because \`existing\` is "reject". ${adviceOnReject("the seat")}`;

const holder = ({ userId }: Seat, { email }: HeldSeat) =>
  email ? `user ${userId} (${email})` : `user ${userId}`;

const holds = ({ assignedAt }: HeldSeat) => (assignedAt ? `has held since ${assignedAt}` : "holds");

const assigned = ({ assignedAt }: HeldSeat) => (assignedAt ? ` (assigned ${assignedAt})` : "");
