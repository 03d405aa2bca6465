// What the provider process has found out about a new seat of a preview, for the program to tell. Only the program knows
// all new seats, and only the provider process has the keys for sure.
import type { HeldSeat } from "./heldSeat";

export interface SeatPreview {
  /** Present where the user holds the seat already. */
  readonly held?: HeldSeat;
  /** Whether the listing has more pages than are read: so the user may hold the seat already. */
  readonly isUnsure?: true;
  /** Whether `existing: "reject"` refuses it. */
  readonly refused?: true;
  /** Why Datadog could not be asked. */
  readonly problem?: string;
}

/** What a preview says, once, where Datadog could not be asked. */
export const lookupFailed = (problem: string) =>
  `${problem} So this preview doesn't tell which of its new seats are held already.`;
