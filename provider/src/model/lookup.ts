// What the provider process has found out about a new seat of a preview, for the program to tell. Only the program knows
// all new seats, and only the provider process has the keys for sure.
import type { HeldSeat } from "./heldSeat";

export interface Lookup {
  /** Present where the user holds the seat already. */
  readonly held?: HeldSeat;
  /** Whether `existing: "reject"` refuses it. */
  readonly refused?: true;
  /** Why Datadog could not be asked. */
  readonly problem?: string;
}
