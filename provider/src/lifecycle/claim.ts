// How a resource claims a seat: one that is held already is adopted, or refused by `existing` or by the ownership map; any
// other is assigned. The resource owns the seat once its create or update is about to be recorded: see Ownership.own.

import type { SeatUser } from "../api/responses";
import { SeatsError } from "../model/errors";
import { mapRefusal, seatRejection } from "../model/heldSeat";
import { type Product, productCodeWarning, type Seat } from "../model/seat";
import { isHeld, type Lookup } from "../seats/listing";
import type { MappedOwner } from "./mappedSeats";
import type { Run } from "./run";

export interface SeatClaim extends Seat {
  /** What to do about a seat that is held already; absent means "adopt". */
  readonly existing?: "adopt" | "reject" | undefined;
}

/** A seat that a resource has claimed. */
export interface ClaimedSeat {
  /** Whether the user held it already; `undefined` where that can't be told. */
  readonly isAdopted: boolean | undefined;
  /** What is known of the seat. */
  readonly holder: SeatUser;
}

/** For a preview: warns once of a code that looks like a typo. */
export async function warnOfCode(run: Run, { productCode }: Product): Promise<void> {
  const warning = productCodeWarning(productCode);
  if (warning) await run.logOnce(warning, "WARNING");
}

/** What is known of a user's seat before it is claimed. To refuse one that is held, and to count them, every page is read. */
export async function currentHolder(run: Run, claim: SeatClaim): Promise<Lookup> {
  const { adoptionPages, names } = run.connection();
  const isWhole = claim.existing === "reject" || run.limit.has(claim);
  const maxPages = isWhole ? Number.POSITIVE_INFINITY : adoptionPages;
  const holder = await run.product(claim).find(claim.userId, maxPages);
  // With `adoptionPages: 0` the user asked for no lookup, so there is nothing to report.
  if (holder === "not known" && maxPages > 0) {
    const [pages, were] = maxPages === 1 ? ["page", "was"] : [`${maxPages} pages`, "were"];
    await run.logOnce(
      `Only the first ${pages} of the ${claim.productCode} seats ${were} read: anybody else is assigned a seat, and may have held one already. \`${names.adoptionPages}\` sets how many pages are read.`,
    );
  }
  return holder;
}

/** What refuses the claim of a seat, by what is known of it: `existing`, or the ownership map; `undefined` when nothing does. */
export function refusalOf(
  run: Run,
  claim: SeatClaim,
  before: Lookup,
): "existing" | MappedOwner | undefined {
  const owner = run.mapped.ownerOf(claim, isHeld(before) ? before : claim);
  if (owner?.isThisStack === false) return owner;
  // The map was reviewed: it permits an adoption that `existing` alone would refuse.
  const isRefused = claim.existing === "reject" && isHeld(before) && !owner?.isThisStack;
  return isRefused ? "existing" : undefined;
}

/** The same in words. */
export function describeRefusal(run: Run, claim: SeatClaim, before: Lookup): string | undefined {
  const refusal = refusalOf(run, claim, before);
  const holder = isHeld(before) ? before : {};
  if (refusal === "existing") return seatRejection(claim, holder);
  return refusal && mapRefusal(claim, holder, refusal.reason);
}

/**
 * Adopts or assigns a seat.
 *
 * @param before what is known of it
 * @throws SeatsError when it is refused, or one too many; SeatsApiError when it can't be assigned
 */
export async function claimSeat(run: Run, claim: SeatClaim, before: Lookup): Promise<ClaimedSeat> {
  refuse(run, claim, before);
  if (isHeld(before)) return { isAdopted: true, holder: before };
  const seats = run.product(claim);
  const result = await run.limit.assigning(claim, () => seats.assign(claim.userId));
  run.ownership.markHeld(claim);
  // No request: another listing of this run may have shown the email of a seat that was just assigned.
  const found = await seats.find(claim.userId, 0);
  const holder = isHeld(found) ? found : { userId: claim.userId };
  if (result === "already") {
    refuse(run, claim, holder);
    return { isAdopted: true, holder };
  }
  return { isAdopted: before === "not known" ? undefined : false, holder };
}

function refuse(run: Run, claim: SeatClaim, before: Lookup): void {
  const refusal = describeRefusal(run, claim, before);
  if (refusal !== undefined) throw new SeatsError(refusal);
}
