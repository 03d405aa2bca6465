// A roster's change in words, on the roster's row: in a preview what will become of its members, in an `up` what did.
import { sanitize } from "../api/sanitize";
import { adviceOnReject } from "../model/heldSeat";
import { labelsOf, type Member, someOf } from "../model/roster";
import { aSeat, type Product } from "../model/seat";
import { isProductKnown } from "./rosterPlan";

/** Members to whom the same happens. */
export interface MemberChange {
  readonly sign: "+" | "-";
  /** What happens to them, such as "assigned". */
  readonly outcome: string;
  readonly members: readonly Member[];
  /** Whether every member is named, however many there are. */
  readonly isInFull?: true;
}

/** Members who leave, by what becomes of each; of those without an outcome nothing is said. */
export function leaversBy(
  outcomes: readonly (string | undefined)[],
  members: readonly Member[],
): MemberChange[] {
  return [...new Set(outcomes)].flatMap((outcome) => {
    if (outcome === undefined) return [];
    return [{ sign: "-", outcome, members: members.filter((_, n) => outcomes[n] === outcome) }];
  });
}

const MAX_LABELS = 10;
const MAX_LABEL_LENGTH = 60;

/** "on_call: + dave@example.com (assigned), - bob@example.com (unassigned)"; empty where nothing happens to anybody. */
export function describeChanges(product: Product, changes: readonly MemberChange[]): string {
  const line = changes
    .flatMap(({ sign, outcome, members, isInFull }) => {
      const shown = labelsOf(members).slice(0, isInFull ? members.length : MAX_LABELS);
      const more = members.length - shown.length;
      return [
        ...shown.map((label) => `${sign} ${sanitize(label, MAX_LABEL_LENGTH)} (${outcome})`),
        ...(more > 0 ? [`${sign} ${more} more (${outcome})`] : []),
      ];
    })
    .join(", ");
  return line !== "" && isProductKnown(product) ? `${product.productCode}: ${line}` : line;
}

/** Why `existing: "reject"` refuses a change. */
export function rosterRejection({ productCode }: Product, held: readonly Member[]): string {
  const [hold, seats] =
    held.length === 1
      ? [`already holds the ${productCode} seat`, "this seat"]
      : [`already hold ${productCode} seats`, "these seats"];
  return `Nothing was changed: ${someOf(labelsOf(held))} ${hold}, and \`existing\` is "reject". ${adviceOnReject(seats)}`;
}

/** Why the ownership map refuses a change: the labels of members, each with what the map says. */
export function rosterMapRefusal(
  { productCode }: Product,
  members: readonly (readonly [label: string, reason: string])[],
): string {
  const reasons = [...new Set(members.map(([, reason]) => reason))].map((reason) => {
    const labels = members.filter(([, other]) => other === reason).map(([label]) => label);
    return `${someOf(labels)} (${reason})`;
  });
  return `Nothing was changed, because ${productCode} seats of this roster belong to other stacks: ${reasons.join(", ")}. Take these members out of the roster, or write the map anew.`;
}

/**
 * What becomes of the others when a roster becomes exclusive. That change unassigns none of them: only a refresh makes them
 * part of the state, so a preview names everybody before they lose their seats.
 */
export function describeOthers({ productCode }: Product, others: readonly Member[]): string {
  if (others.length === 0) return "";
  const [hold, seats] =
    others.length === 1
      ? [`1 other user holds ${aSeat(productCode)}`, "that seat"]
      : [`${others.length} other users hold ${productCode} seats`, "those seats"];
  return `${hold}: ${someOf(labelsOf(others))}. A later \`pulumi up --refresh\` unassigns ${seats}, and \`pulumi preview --refresh\` shows it.`;
}
