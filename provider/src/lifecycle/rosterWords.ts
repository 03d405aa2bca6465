// A roster's change in words, on the roster's row: in a preview as what will become of the members, in an `up` as what did.
import { sanitize } from "../api/sanitize";
import { someOf } from "../model/roster";
import { adviceOnReject, type Product } from "../model/seat";

/** Members to whom the same happens. */
export interface MemberChange {
  readonly sign: "+" | "-";
  /** What happens to them, such as "assigned". */
  readonly outcome: string;
  readonly labels: readonly string[];
}

const MAX_LABELS = 10;
const MAX_LABEL_LENGTH = 60;

/** "+ dave@example.com (assigned), - bob@example.com (unassigned)"; empty where nothing happens to anybody. */
export function inWords(changes: readonly MemberChange[]): string {
  return changes
    .flatMap(({ sign, outcome, labels }) => {
      const shown = labels.slice(0, MAX_LABELS);
      const more = labels.length - shown.length;
      return [
        ...shown.map((label) => `${sign} ${sanitize(label, MAX_LABEL_LENGTH)} (${outcome})`),
        ...(more > 0 ? [`${sign} ${more} more (${outcome})`] : []),
      ];
    })
    .join(", ");
}

/** Why `existing: "reject"` refuses a change. */
export function rosterRejection({ productCode }: Product, labels: readonly string[]): string {
  const [hold, seats] =
    labels.length === 1
      ? ["already holds a seat of", "this seat"]
      : ["already hold seats of", "these seats"];
  return `Nothing was changed: ${someOf(labels)} ${hold} ${productCode}, and \`existing\` is "reject". ${adviceOnReject(seats)}`;
}

/**
 * What becomes of the others when a roster becomes exclusive. That change unassigns none of them: only a refresh makes them
 * part of the state, so a preview names everybody before they lose their seats.
 */
export function othersInWords({ productCode }: Product, labels: readonly string[]): string {
  const [hold, seats] =
    labels.length === 1
      ? ["1 other holds a seat", "that seat"]
      : [`${labels.length} others hold seats`, "those seats"];
  return `${hold} of ${productCode}: ${someOf(labels)}. A later \`pulumi up --refresh\` unassigns ${seats}, and \`pulumi preview --refresh\` shows it.`;
}
