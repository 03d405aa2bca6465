// Tables as text: columns for a terminal, CSV for a spreadsheet, Markdown as GitHub shows it. Cells may hold anything.
import stringWidth from "string-width";
import { sanitize, visible } from "../api/sanitize";

type Row = readonly (string | undefined)[];

/**
 * Columns as wide as their widest cell on a terminal, where some letters take two places and some none.
 *
 * @param optional the headings of columns that are left out, one after the other, until a line fits the width
 */
export function table(
  cells: readonly Row[],
  maxWidth = Number.POSITIVE_INFINITY,
  optional: readonly string[] = [],
): string {
  const rows = cells.map((row) => row.map((cell = "") => visible(cell)));
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) {
      widths[column] = Math.max(widths[column] ?? 0, stringWidth(cell));
    }
  }
  const shown = new Map(widths.entries());
  for (const heading of optional) {
    const width = [...shown.values()].reduce((sum, width) => sum + 2 + width, -2);
    if (width > maxWidth) shown.delete(cells[0]?.indexOf(heading) ?? -1);
  }
  const lines = rows.map((row) => {
    const padded = [...shown].map(([column, width]) => {
      const cell = row[column] ?? "";
      return cell + " ".repeat(width - stringWidth(cell));
    });
    return `${padded.join("  ").trimEnd()}\n`;
  });
  return lines.join("");
}

/** CSV as of RFC 4180, safe to open with a spreadsheet. */
export function csv(rows: readonly Row[]): string {
  return rows.map((row) => `${row.map((value) => field(value ?? "")).join(",")}\r\n`).join("");
}

function field(value: string): string {
  const shown = visible(value);
  // A spreadsheet would run what begins like this as a formula, and users choose their names and emails themselves.
  const harmless = /^\s*[=+\-@＝＋－＠]/.test(shown) ? `'${shown}` : shown;
  return `"${harmless.replaceAll('"', '""')}"`;
}

/** @param head a heading that ends with a colon is that of a column of numbers */
export function markdownTable(head: readonly string[], rows: readonly Row[]): string {
  const names = head.map((name) => name.replace(/:$/, ""));
  const rules = head.map((name) => (name.endsWith(":") ? "--:" : "---"));
  return [names, rules, ...rows].map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

/**
 * A text as code, in which nothing has a meaning to Markdown or GitHub: no formatting, link, image or mention.
 * A `|` can't be part of code in a table, so it stands between two codes.
 * Source: https://github.github.com/gfm/#code-spans
 */
export function code(text: string): string {
  return visible(sanitize(text)).split("|").map(codeSpan).join("&#124;");
}

function codeSpan(text: string): string {
  if (text === "") return "";
  const runs = [...text.matchAll(/`+/g)].map(([run]) => run.length);
  const fence = "`".repeat(Math.max(0, ...runs) + 1);
  const space = /^`|`$/.test(text) ? " " : "";
  return fence + space + text + space + fence;
}
