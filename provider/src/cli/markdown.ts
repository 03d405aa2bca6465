// Markdown as GitHub shows it (https://github.github.com/gfm/), for text that may hold anything.
import { sanitize } from "../api/sanitize";

type Row = readonly string[];

/**
 * A text as code, in which nothing has a meaning to Markdown or GitHub: no formatting, link, image or mention.
 * A `|` can't be part of code in a table, so it stands between two codes.
 */
export function code(text: string): string {
  return sanitize(text).split("|").map(codeSpan).join("&#124;");
}

/** Source: https://github.github.com/gfm/#code-spans */
function codeSpan(text: string): string {
  if (text === "") return "";
  const runs = [...text.matchAll(/`+/g)].map(([run]) => run.length);
  const fence = "`".repeat(Math.max(0, ...runs) + 1);
  const space = /^`|`$/.test(text) ? " " : "";
  return fence + space + text + space + fence;
}

/** @param head a heading that ends with a colon is of a column of numbers */
export function markdownTable(head: Row, rows: readonly Row[]): string {
  const names = head.map((name) => name.replace(/:$/, ""));
  const rules = head.map((name) => (name.endsWith(":") ? "--:" : "---"));
  return [names, rules, ...rows].map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}
