// What `pulumi-datadog-seats report` prints: a table for a terminal, JSON for other programs, Markdown for reviewers.
import type { Owner } from "./ownedSeats";
import {
  countSeats,
  findingsInWords,
  PEOPLE_FINDINGS,
  type ReportedSeat,
  type SeatCounts,
  type SeatFinding,
} from "./seatFindings";
import { code, markdownTable, table } from "./tables";

export interface Report {
  /** Of all seats, whatever is shown. */
  readonly products: readonly SeatCounts[];
  /** What the seats that are shown have at least one of; absent where all are shown. */
  readonly only?: readonly SeatFinding[];
  readonly seats: readonly ReportedSeat[];
  /** Why some states could not be read. */
  readonly unread: readonly string[];
  /** What of people could not be told, and why. */
  readonly undetermined: readonly string[];
}

export type ReportFormat = "table" | "json" | "markdown";

/** A comment on GitHub holds 65,536 characters. */
const MAX_ROWS = 100;

export function reportText(report: Report, format: ReportFormat): string {
  if (format === "json") return `${JSON.stringify(report, undefined, 2)}\n`;
  return format === "markdown" ? markdown(report) : plain(report);
}

/** Such as "on_call: 4 held (1 unmanaged), 4 owned (0 twice, 1 missing), 2 disabled." */
export function inWords(counts: SeatCounts): string {
  const { productCode, held, unmanaged, owned, twice, missing } = counts;
  const people = peopleFindings(counts).map((finding) => `, ${counts[finding]} ${finding}`);
  return `${productCode}: ${held} held (${unmanaged} unmanaged), ${owned} owned (${twice} twice, ${missing} missing)${people.join("")}.`;
}

/** Those that were looked for. */
const peopleFindings = (counts: SeatCounts | undefined) =>
  PEOPLE_FINDINGS.filter((finding) => counts?.[finding] !== undefined);

/** Such as "seats/prod: team (alice)". */
const ownerName = ({ project, stack, resource, member }: Owner) =>
  `${project}/${stack}: ${resource}${member === undefined ? "" : ` (${member})`}`;

function plain({ seats }: Report): string {
  const head = ["PRODUCT", "EMAIL", "NAME", "USER ID", "OWNED BY", "FINDINGS"];
  const rows = seats.map((seat) => {
    const { productCode, email, name, userId, owners } = seat;
    const ownedBy = owners.map(ownerName).join(", ");
    return [productCode, email, name, userId, ownedBy, findingsInWords(seat)];
  });
  return table([head, ...rows]);
}

/** The counts, the findings, and how many seats each stack owns; `--json` has the rest. */
function markdown({ products, only, seats, unread, undetermined }: Report): string {
  const columns = [
    ...(["held", "unmanaged", "owned", "twice", "missing"] as const),
    ...peopleFindings(products[0]),
  ];
  const counts = products.map((product) => [
    code(product.productCode),
    ...columns.map((column) => String(product[column])),
  ]);
  const parts = [
    "### Datadog seats\n",
    markdownTable(["product", ...columns.map((column) => `${column}:`)], counts),
    findingsTable(seats.filter(({ findings }) => findings.length > 0)),
    only ? "" : stacksTable(products, seats),
    incomplete("what only these states own is counted as unmanaged", unread),
    incomplete("not everything about people could be told", undetermined),
  ];
  return parts.filter((part) => part !== "").join("\n");
}

function findingsTable(seats: readonly ReportedSeat[]): string {
  if (seats.length === 0) return "";
  const rows = seats
    .slice(0, MAX_ROWS)
    .map((seat) => [
      findingsInWords(seat, code),
      code(seat.productCode),
      code(seat.email ?? ""),
      code(seat.userId),
      seat.owners.map((owner) => code(ownerName(owner))).join(", "),
    ]);
  return markdownTable(["finding", "product", "email", "user id", "owned by"], rows) + rest(seats);
}

function stacksTable(products: readonly SeatCounts[], seats: readonly ReportedSeat[]): string {
  const stackOf = ({ project, stack }: Owner) => `${project}/${stack}`;
  const stacks = [...new Set(seats.flatMap(({ owners }) => owners.map(stackOf)))].sort();
  if (stacks.length === 0) return "";
  const rows = stacks.slice(0, MAX_ROWS).map((stack) => {
    const own = seats.filter(({ owners }) => owners.some((owner) => stackOf(owner) === stack));
    return [
      code(stack),
      ...products.map(({ productCode }) => String(countSeats(productCode, own).owned)),
    ];
  });
  const head = ["owned by", ...products.map(({ productCode }) => `${code(productCode)}:`)];
  return markdownTable(head, rows) + rest(stacks);
}

function incomplete(what: string, reasons: readonly string[]): string {
  if (reasons.length === 0) return "";
  const lines = reasons.slice(0, MAX_ROWS).map((reason) => `- ${code(reason)}\n`);
  return `**Incomplete**: ${what}.\n\n${lines.join("")}${rest(reasons)}`;
}

function rest({ length }: readonly unknown[]): string {
  return length > MAX_ROWS ? `\n… and ${length - MAX_ROWS} more: see \`--json\`.\n` : "";
}
