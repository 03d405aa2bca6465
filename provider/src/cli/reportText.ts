// What `pulumi-datadog-seats report` prints: a table for a terminal, JSON for other programs, Markdown for reviewers.
import type { Owner } from "./ownedSeats";
import { countSeats, type ReportedSeat, type SeatCounts, type SeatFinding } from "./seatFindings";
import { code, markdownTable, table } from "./tables";

export interface Report {
  /** Of all seats, whatever is shown. */
  readonly products: readonly SeatCounts[];
  /** What the seats that are shown have at least one of; absent where all are shown. */
  readonly only?: readonly SeatFinding[];
  readonly seats: readonly ReportedSeat[];
  /** Why some states could not be read. */
  readonly unread: readonly string[];
}

export type ReportFormat = "table" | "json" | "markdown";

/** A comment on GitHub holds 65,536 characters. */
const MAX_ROWS = 100;

export function reportText(report: Report, format: ReportFormat): string {
  if (format === "json") return `${JSON.stringify(report, undefined, 2)}\n`;
  return format === "markdown" ? markdown(report) : plain(report);
}

/** Such as "on_call: 4 held (1 unmanaged), 4 owned (0 twice, 1 missing)." */
export const inWords = ({ productCode, held, unmanaged, owned, twice, missing }: SeatCounts) =>
  `${productCode}: ${held} held (${unmanaged} unmanaged), ${owned} owned (${twice} twice, ${missing} missing).`;

/** Such as "seats/prod: team (alice)". */
const ownerName = ({ project, stack, resource, member }: Owner) =>
  `${project}/${stack}: ${resource}${member === undefined ? "" : ` (${member})`}`;

function plain({ seats }: Report): string {
  const head = ["PRODUCT", "EMAIL", "NAME", "USER ID", "OWNED BY", "FINDINGS"];
  const rows = seats.map(({ productCode, email, name, userId, owners, findings }) => {
    const ownedBy = owners.map(ownerName).join(", ");
    return [productCode, email, name, userId, ownedBy, findings.join(", ")];
  });
  return table([head, ...rows]);
}

/** The counts, the findings, and how many seats each stack owns; `--json` has the rest. */
function markdown({ products, only, seats, unread }: Report): string {
  const counts = products.map(({ productCode, held, unmanaged, owned, twice, missing }) => [
    code(productCode),
    ...[held, unmanaged, owned, twice, missing].map(String),
  ]);
  const parts = [
    "### Datadog seats\n",
    markdownTable(["product", "held:", "unmanaged:", "owned:", "twice:", "missing:"], counts),
    findingsTable(seats.filter(({ findings }) => findings.length > 0)),
    only ? "" : stacksTable(products, seats),
    unreadList(unread),
  ];
  return parts.filter((part) => part !== "").join("\n");
}

function findingsTable(seats: readonly ReportedSeat[]): string {
  if (seats.length === 0) return "";
  const rows = seats
    .slice(0, MAX_ROWS)
    .map(({ productCode, email, userId, owners, findings }) => [
      findings.join(", "),
      code(productCode),
      code(email ?? ""),
      code(userId),
      owners.map((owner) => code(ownerName(owner))).join(", "),
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

function unreadList(unread: readonly string[]): string {
  if (unread.length === 0) return "";
  const lines = unread.slice(0, MAX_ROWS).map((reason) => `- ${code(reason)}\n`);
  return `**Incomplete**: what only these states own is counted as unmanaged.\n\n${lines.join("")}${rest(unread)}`;
}

function rest({ length }: readonly unknown[]): string {
  return length > MAX_ROWS ? `\n… and ${length - MAX_ROWS} more: see \`--json\`.\n` : "";
}
