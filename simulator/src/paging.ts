// Pages by opaque cursors, and numbered ones. A cursor holds characters that mean something in a URL, so that a client that doesn't
// encode them fails here instead of at Datadog.
import { Refusal } from "./reply";

interface Position {
  /** The last user of the page before. */
  readonly after: string;
  /** Counted from 1. */
  readonly page: number;
  /** How many users its pages hold. */
  readonly limit: number;
}

export function encodeCursor(position: Position): string {
  return `&page=${Buffer.from(JSON.stringify(position)).toString("base64")}+/%#?`;
}

/** `undefined` when the cursor is not one that `encodeCursor` made. */
export function decodeCursor(cursor: string): Position | undefined {
  const match = /^&page=(.*)\+\/%#\?$/.exec(cursor);
  if (!match?.[1]) return undefined;
  try {
    return JSON.parse(Buffer.from(match[1], "base64").toString()) as Position;
  } catch {
    return undefined;
  }
}

/** The decoded names and values of a query string. */
export type Query = Readonly<Record<string, string>>;

const DEFAULT_PAGE_SIZE = 10;
const MAX_PAGE_SIZE = 100;

/** One page of a listing by `page[size]` and `page[number]`, which counts from 0, and what `meta` says of it. */
export function numberedPage<Entry>(all: readonly Entry[], query: Query) {
  const size = wholeNumber("page[size]", query["page[size]"] ?? String(DEFAULT_PAGE_SIZE));
  if (size < 1 || size > MAX_PAGE_SIZE) {
    throw new Refusal(400, `page[size] must be from 1 to ${MAX_PAGE_SIZE}`);
  }
  const number = wholeNumber("page[number]", query["page[number]"] ?? "0");
  const last = Math.max(0, Math.ceil(all.length / size) - 1);
  const page = {
    type: "number_size",
    number,
    size,
    total: all.length,
    first_number: 0,
    prev_number: Math.max(0, number - 1),
    next_number: number < last ? number + 1 : null,
    last_number: last,
  };
  return { entries: all.slice(number * size, (number + 1) * size), page };
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0) return value;
  throw new Refusal(400, `invalid ${name}`);
}
