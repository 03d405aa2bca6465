// Listings whose pages are numbered from 0, and whose pages all tell how many entries there are: users, teams, their members.
import { mapConcurrently } from "../model/mapConcurrently";
import type { Call } from "./call";
import type { Client } from "./client";
import { object, UnexpectedResponse } from "./responses";

/** The largest `page[size]` that the documents allow. */
const PAGE_SIZE = 100;
/** More pages than this are treated as nonsense: a million entries. */
const MAX_PAGES = 10_000;
/** How many requests are sent side by side. */
export const CONCURRENCY = 4;

export interface NumberedPage<Entry> {
  readonly entries: readonly Entry[];
  /** How many entries the whole listing has. */
  readonly total: number;
}

/** Asks for one page, by its number. */
export type RequestNumbered<Entry> = (number: number) => Promise<NumberedPage<Entry>>;

export const pagesOf = ({ total }: NumberedPage<unknown>) => Math.ceil(total / PAGE_SIZE);

/** What a listing's request asks for besides its filter. */
export const pageQuery = (number: number) => ({
  "page[size]": String(PAGE_SIZE),
  "page[number]": String(number),
});

/** The entries of a listing whose first page is known. Where pages repeat entries, they lack others. */
export async function remaining<Entry>(
  first: NumberedPage<Entry>,
  request: RequestNumbered<Entry>,
): Promise<readonly Entry[]> {
  const numbers = Array.from({ length: pagesOf(first) }, (_, number) => number).slice(1);
  const others = await mapConcurrently(numbers, CONCURRENCY, request);
  return [first, ...others].flatMap(({ entries }) => entries);
}

/** How many of a listing's entries were on none of its pages. */
export const missing = (ids: readonly string[], { total }: NumberedPage<unknown>) =>
  Math.max(0, total - new Set(ids).size);

/**
 * All entries of a listing.
 *
 * @param what they are, such as "users"
 * @throws SeatsApiError when a page fails, or when the pages together lack entries
 */
export async function completeListing<Entry>(
  client: Client,
  call: Call,
  what: string,
  idOf: (entry: Entry) => string,
  request: RequestNumbered<Entry>,
): Promise<readonly Entry[]> {
  const first = await request(0);
  const entries = await remaining(first, request);
  const count = missing(entries.map(idOf), first);
  if (count === 0) return entries;
  throw client
    .unexpectedContent(
      call,
      `with ${first.total - count} of ${first.total} ${what} on all pages together.`,
    )
    .adding(`Perhaps ${what} changed while they were listed: run again.`);
}

/**
 * One page as it comes, checked.
 *
 * @param what the entries are, such as "users"
 * @param pagination the name of the object beneath `meta` that tells how many there are
 * @param total its property that does
 */
export function parseNumberedPage(
  body: unknown,
  what: string,
  pagination: string,
  total: string,
): NumberedPage<unknown> {
  const { data, meta } = object(body, `not with a list of ${what}`);
  if (!Array.isArray(data)) throw new UnexpectedResponse(`without \`data\`, the list of ${what}.`);
  if (data.length > PAGE_SIZE) {
    throw new UnexpectedResponse(
      `with ${data.length} ${what} on a page, although at most ${PAGE_SIZE} were asked for.`,
    );
  }
  const page = object(object(meta, "without `meta`")[pagination], `without \`meta.${pagination}\``);
  const count = page[total];
  if (!Number.isInteger(count) || Number(count) < 0 || Number(count) > MAX_PAGES * PAGE_SIZE) {
    throw new UnexpectedResponse(`\`meta.${pagination}.${total}\` is not a number of ${what}.`);
  }
  return { entries: data, total: Number(count) };
}
