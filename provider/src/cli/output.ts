// What a command gives back: its result on stdout, all else on stderr, and an exit code for scripts and CI.
// Plain text, on a terminal too: no colours, no boxes.
import { clearLine, cursorTo } from "node:readline";
import stringWidth from "string-width";
import type { SeatUser } from "../api/responses";

export const FAILED = 1;
export const WRONG_USAGE = 2;
/** The command did its work, and found what it looks for. */
export const FOUND = 3;

export const EXIT_CODES_HELP = `
Exit codes:
  0  fine
  1  failed: the reason is on stderr
  2  wrong usage
  3  found what it looks for: an unmanaged seat, a finding of --fail-on, or a check of \`doctor\` that did not pass

The org is the environment's: DD_API_KEY, DD_APP_KEY, and DD_SITE or DD_HOST. With --config-stack it is one of that
stack's configuration: the one of datadog:apiKey, or the one of datadogSeats:orgs that --org names.`;

/** Who holds a seat, and of which product. */
export interface Holder extends SeatUser {
  readonly productCode: string;
}

export type Format = "table" | "json" | "csv";
type Row = readonly (string | undefined)[];

export function print(text: string): void {
  process.stdout.write(text);
}

/** Prints a line that is no part of the result. */
export function log(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Puts a text in place of the last one on the terminal, if stderr is one. An empty text leaves nothing there. */
export function showProgress(text: string, terminal = process.stderr): void {
  if (!terminal.isTTY) return;
  cursorTo(terminal, 0);
  clearLine(terminal, 1);
  terminal.write(text);
}

export function printHolders(holders: readonly Holder[], format: Format): void {
  print(formatted(holders, format));
}

/** The properties of a holder in the order of the columns, with the headings that people read. */
const COLUMNS = {
  productCode: "PRODUCT",
  email: "EMAIL",
  name: "NAME",
  userId: "USER ID",
  assignedAt: "ASSIGNED AT",
} as const satisfies Record<keyof Holder, string>;

/** The names in JSON and CSV are those of the package in TypeScript. */
export function formatted(holders: readonly Holder[], format: Format): string {
  const names = Object.keys(COLUMNS) as (keyof Holder)[];
  if (format === "json") return `${JSON.stringify(holders, names, 2)}\n`;
  const rows = holders.map((holder) => names.map((name) => holder[name]));
  return format === "csv" ? csv([names, ...rows]) : table([Object.values(COLUMNS), ...rows]);
}

/** CSV as of RFC 4180, safe to open with a spreadsheet. */
function csv(rows: readonly Row[]): string {
  return rows.map((row) => `${row.map((value) => field(value ?? "")).join(",")}\r\n`).join("");
}

function field(value: string): string {
  // A spreadsheet would run what begins like this as a formula, and users choose their names and emails themselves.
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return `"${harmless.replaceAll('"', '""')}"`;
}

/** Columns as wide as their widest cell on a terminal, where some letters take two places and some none. */
export function table(rows: readonly Row[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell = ""] of row.entries()) {
      widths[column] = Math.max(widths[column] ?? 0, stringWidth(cell));
    }
  }
  const lines = rows.map((row) => {
    const cells = row.map((cell = "", column) => {
      return cell + " ".repeat((widths[column] ?? 0) - stringWidth(cell));
    });
    return `${cells.join("  ").trimEnd()}\n`;
  });
  return lines.join("");
}
