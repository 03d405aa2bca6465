// What a preview logs about new seats: a line on the row of each, or one line for many.
import * as pulumi from "@pulumi/pulumi";
import { adoption, type HeldSeat, heldSeat, type SeatPreview } from "../model/heldSeat";
import { someOf } from "../model/roster";
import { aSeat, type Seat } from "../model/seat";
import { nameOfUrn } from "../model/urn";
import { runError } from "./runtime";

export interface NewSeat extends Seat {
  readonly name: string;
  readonly urn: string;
  readonly resource: pulumi.Resource;
  readonly lookup?: SeatPreview | undefined;
}

/** What the `up` will do about a new seat; "not known" where the listing has more pages than are read. */
export type SeatOutcome = { readonly seat: NewSeat } & (
  | { readonly kind: "assigned" | "not known" }
  | { readonly kind: "adopted"; readonly held: HeldSeat }
  | { readonly kind: "refused"; readonly reason: string }
  /** Another resource of the state has the seat. */
  | { readonly kind: "kept"; readonly held: HeldSeat; readonly from: string }
);

/** More new seats than this share one line. */
const MAX_LINES = 10;

/** Logs what will become of new seats of one product, and fails the program if any is refused. */
export function reportSeats(outcomes: readonly SeatOutcome[]): void {
  const refused = outcomes.filter(({ kind }) => kind === "refused");
  if (outcomes.length > MAX_LINES) pulumi.log.info(summary(outcomes));
  for (const outcome of outcomes.length > MAX_LINES ? refused.slice(0, MAX_LINES) : outcomes) {
    const log = outcome.kind === "refused" ? pulumi.log.error : pulumi.log.info;
    log(line(outcome), outcome.seat.resource);
  }
  if (refused.length === 0) return;
  const seats = refused.length === 1 ? "1 new seat is" : `${refused.length} new seats are`;
  // A logged error doesn't fail the program; a rejection that nobody handles does, and Pulumi shows it after those.
  void Promise.reject(
    runError(`${seats} refused, for the reasons above: ${someOf(refused.map(nameOf))}.`),
  );
}

/** Complete in itself, because Pulumi shows it without its resource under `--diff`. */
function line(outcome: SeatOutcome): string {
  const { seat } = outcome;
  const assign = `Will assign ${aSeat(seat.productCode)} to user ${seat.userId}`;
  switch (outcome.kind) {
    case "assigned":
      return `${assign}.`;
    case "not known":
      return `${assign}, who may hold it already.`;
    case "refused":
      return outcome.reason;
    case "adopted":
      return adoption(seat, outcome.held);
    case "kept":
      return `Will keep ${heldSeat(seat, outcome.held)}: it moves here from "${nameOfUrn(outcome.from)}", which leaves it in place.`;
  }
}

/** "200 new on_call seats: 180 will be assigned; 20 will be adopted ("alice@example.com", …)." */
function summary(outcomes: readonly SeatOutcome[]): string {
  const [first] = outcomes as [SeatOutcome];
  const { productCode } = first.seat;
  const of = (kind: SeatOutcome["kind"]) => outcomes.filter((one) => one.kind === kind);
  const parts = [
    part(of("assigned"), "will be assigned"),
    part(of("not known"), "will be assigned, if not held already"),
    part(of("adopted"), "will be adopted", userOf),
    part(of("kept"), "will be kept", nameOf),
    part(of("refused"), "will be refused", nameOf),
  ];
  return `${outcomes.length} new ${productCode} seats: ${parts.filter(Boolean).join("; ")}.`;
}

function part(
  outcomes: readonly SeatOutcome[],
  what: string,
  name?: (outcome: SeatOutcome) => string,
): string {
  if (outcomes.length === 0) return "";
  return `${outcomes.length} ${what}${name ? ` (${someOf(outcomes.map(name).sort())})` : ""}`;
}

const userOf = (outcome: SeatOutcome) =>
  ("held" in outcome && outcome.held.email) || outcome.seat.userId;

const nameOf = ({ seat }: SeatOutcome) => seat.name;
