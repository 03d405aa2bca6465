// What `pulumi-datadog-seats report` prints: a table for a terminal, JSON for other programs, Markdown for reviewers.
import { styleText } from "node:util";
import type { Owner } from "./ownedSeats";
import {
  findingReasons,
  findingsFirst,
  findingsInWords,
  PEOPLE_FINDINGS,
  type ReportedSeat,
  type SeatCounts,
  type SeatFinding,
  seatsByStack,
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

/** What a report lacks. */
export interface Gap {
  /** What it means for the rest. */
  readonly what: string;
  readonly reasons: readonly string[];
}

export const gapsIn = ({ unread, undetermined }: Report): Gap[] =>
  [
    { what: "what only these states own is counted as unmanaged", reasons: unread },
    { what: "not everything about people could be told", reasons: undetermined },
  ].filter(({ reasons }) => reasons.length > 0);

export type ReportFormat = "table" | "json" | "markdown";

/** A comment on GitHub holds 65,536 characters. */
const MAX_ROWS = 100;

/** @param width how wide the terminal is on which a table is shown; without it, it has all columns */
export function reportText(report: Report, format: ReportFormat, width?: number): string {
  if (format === "json") return `${JSON.stringify(report, undefined, 2)}\n`;
  return format === "markdown" ? markdown(report) : plain(report, width);
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

/** What a narrow terminal does without, the first of them first. */
const OPTIONAL = ["USER ID", "WHY", "NAME"];

function plain({ seats }: Report, width?: number): string {
  const shown = findingsFirst(seats).map((seat) => ({
    ...seat,
    why: findingReasons(seat).flatMap(({ reason }) => reason ?? []),
  }));
  const hasReasons = shown.some(({ why }) => why.length > 0);
  const why = (text: string) => (hasReasons ? [text] : []);
  const head = ["FINDINGS", "PRODUCT", "USER", "NAME", "OWNED BY", ...why("WHY"), "USER ID"];
  const rows = shown.map((seat) => [
    seat.findings.join(", "),
    seat.productCode,
    seat.email ?? seat.userId,
    seat.name,
    seat.owners.map(ownerName).join(", "),
    ...why(seat.why.join(", ")),
    seat.userId,
  ]);
  return table([head, ...rows], width, OPTIONAL);
}

/** Colours the findings of a table, with which its lines begin. */
export const highlightFindings = (text: string): string =>
  text.replace(/^(?!FINDINGS)\S.*?(?= {2})/gm, (findings) =>
    styleText("yellow", findings, { validateStream: false }),
  );

/** The counts, the findings, and how many seats each stack owns; `--json` has the rest. */
function markdown(report: Report): string {
  const { products, only, seats } = report;
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
    ...gapsIn(report).map(incomplete),
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
  const productCodes = products.map(({ productCode }) => productCode);
  const stacks = seatsByStack(productCodes, seats);
  if (stacks.length === 0) return "";
  const rows = stacks
    .slice(0, MAX_ROWS)
    .map(([stack, owned]) => [code(stack), ...owned.map(String)]);
  const head = ["owned by", ...productCodes.map((productCode) => `${code(productCode)}:`)];
  return markdownTable(head, rows) + rest(stacks);
}

function incomplete({ what, reasons }: Gap): string {
  const lines = reasons.slice(0, MAX_ROWS).map((reason) => `- ${code(reason)}\n`);
  return `**Incomplete**: ${what}.\n\n${lines.join("")}${rest(reasons)}`;
}

function rest({ length }: readonly unknown[]): string {
  return length > MAX_ROWS ? `\n… and ${length - MAX_ROWS} more: see \`--json\`.\n` : "";
}
