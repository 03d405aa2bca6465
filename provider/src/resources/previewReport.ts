// What a preview says of new seats: a line on the row of each, or one line for many.
import * as pulumi from "@pulumi/pulumi";
import { adoption, type HeldSeat, heldSeat, rejection } from "../model/heldSeat";
import type { LookedUp } from "../model/lookedUp";
import { someOf } from "../model/roster";
import { inOrg, type Seat } from "../model/seat";
import { nameOfUrn } from "../model/urn";
import { runError } from "./runError";

export interface NewSeat extends Seat {
  readonly name: string;
  readonly urn: string;
  readonly resource: pulumi.Resource;
  readonly lookup?: LookedUp | undefined;
}

/** What the `up` will do about a new seat. */
export type Fate = {
  readonly seat: NewSeat;
} /** "not known": the listing has more pages than are read. */ & (
  | { readonly outcome: "assigned" | "not known" }
  | { readonly outcome: "adopted" | "refused"; readonly held: HeldSeat }
  /** Another resource of the state has the seat. */
  | { readonly outcome: "kept"; readonly held: HeldSeat; readonly from: string }
);

/** More new seats than this are told in one line. */
const MAX_LINES = 10;

/** Says it on the rows of the resources, which are of one product; fails the program for those that are refused. */
export function report(fates: readonly Fate[]): void {
  const refused = fates.filter(({ outcome }) => outcome === "refused");
  if (fates.length > MAX_LINES) pulumi.log.info(summary(fates));
  for (const fate of fates.length > MAX_LINES ? refused.slice(0, MAX_LINES) : fates) {
    const log = fate.outcome === "refused" ? pulumi.log.error : pulumi.log.info;
    log(line(fate), fate.seat.resource);
  }
  if (refused.length === 0) return;
  const seats = refused.length === 1 ? "1 new seat is" : `${refused.length} new seats are`;
  // An error that is only logged fails no program. Pulumi shows a rejection that nobody handles, and the others first.
  void Promise.reject(
    runError(
      `${seats} held already, and refused because of \`existing\`: ${someOf(refused.map(nameOf))}.`,
    ),
  );
}

/** Complete in itself, because Pulumi shows it without its resource under `--diff`. */
function line(fate: Fate): string {
  const { seat } = fate;
  const assign = `Will assign a seat of ${inOrg(seat.productCode, seat.org)} to user ${seat.userId}`;
  switch (fate.outcome) {
    case "assigned":
      return `${assign}.`;
    case "not known":
      return `${assign}, who may hold it already.`;
    case "refused":
      return rejection(seat, fate.held);
    case "adopted":
      return adoption(seat, fate.held);
    case "kept":
      return `Will keep ${heldSeat(seat, fate.held)}: it moves here from "${nameOfUrn(fate.from)}", which leaves it in place.`;
  }
}

/** "200 new seats of on_call: 180 will be assigned; 20 adopted ("alice@example.com", …)." */
function summary(fates: readonly Fate[]): string {
  const [first] = fates as [Fate];
  const { org, productCode } = first.seat;
  const of = (outcome: Fate["outcome"]) => fates.filter((fate) => fate.outcome === outcome);
  const parts = [
    part(of("assigned"), "will be assigned"),
    part(of("not known"), "will be assigned, if not held already"),
    part(of("adopted"), "adopted", userOf),
    part(of("kept"), "kept", nameOf),
    part(of("refused"), "refused", nameOf),
  ];
  return `${fates.length} new seats of ${inOrg(productCode, org)}: ${parts.filter(Boolean).join("; ")}.`;
}

function part(fates: readonly Fate[], what: string, name?: (fate: Fate) => string): string {
  if (fates.length === 0) return "";
  return `${fates.length} ${what}${name ? ` (${someOf(fates.map(name).sort())})` : ""}`;
}

const userOf = (fate: Fate) => ("held" in fate && fate.held.email) || fate.seat.userId;

const nameOf = ({ seat }: Fate) => seat.name;
