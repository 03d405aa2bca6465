// What the commands print: results on stdout, all else on stderr. Plain text, on a terminal too: no colours, no boxes.
import stringWidth from "string-width";
import type { SeatUser } from "../api/responses";
import { csv } from "./csv";

export type Format = "table" | "json" | "csv";
type Row = readonly (string | undefined)[];

export function printHolders(holders: readonly SeatUser[], format: Format): void {
  print(formatted(holders, format));
}

export function print(text: string): void {
  process.stdout.write(text);
}

/** A line that is no part of the result. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

function formatted(holders: readonly SeatUser[], format: Format): string {
  if (format === "json") {
    const objects = holders.map(({ id, email, name, assignedAt }) => ({
      email,
      name,
      userId: id,
      assignedAt,
    }));
    return `${JSON.stringify(objects, null, 2)}\n`;
  }
  const rows = holders.map(({ id, email, name, assignedAt }) => [email, name, id, assignedAt]);
  if (format === "csv") return csv([["email", "name", "user_id", "assigned_at"], ...rows]);
  return table([["EMAIL", "NAME", "USER ID", "ASSIGNED AT"], ...rows]);
}

/** Columns as wide as their widest cell on a terminal, where some letters take two places and some none. */
function table(rows: readonly Row[]): string {
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
