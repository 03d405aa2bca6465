// Markup in which no text has a meaning: whatever a template is given is escaped, unless it is markup itself.
import { visible } from "../api/sanitize";

export class Html {
  constructor(readonly markup: string) {}
}

type Part = Html | string | number | readonly Part[];

/** For the content of elements, and for attributes in quotes. */
export const html = (texts: TemplateStringsArray, ...parts: readonly Part[]): Html =>
  new Html(String.raw({ raw: texts }, ...parts.map(markupOf)));

function markupOf(part: Part): string {
  if (part instanceof Html) return part.markup;
  if (typeof part === "object") return part.map(markupOf).join("");
  return visible(String(part)).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
