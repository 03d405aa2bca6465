// Reads a listing page by page, and decides how many users each page is asked to hold.
//
// The largest `page[limit]` is not documented. A listing begins with 100, as Datadog's own examples do. When there is more
// than one page, it begins again with 1,000, from the first page: a cursor may count pages of the size that it came with.
// Where the service refuses 1,000, or the first page of 1,000 fails, the listing goes on with 100; where it gives fewer,
// with what it gives.
import { now } from "./clock";
import { SeatsApiError } from "./errors";
import { type Page, UnexpectedResponse } from "./responses";

const SMALL = 100;
const LARGE = 1000;

/** More pages than this are treated as endless: a million seats in pages of 100. */
const MAX_PAGES = 10_000;

/** How long all pages of a listing together may take, besides the waits that one call may have. */
const LISTING_MS = 15 * 60_000;

/** How long a listing may take as a whole, in milliseconds. */
export const listingLimitMs = ({ maxWaitMs }: { maxWaitMs: number }) => maxWaitMs + LISTING_MS;

/** Asks for one page of at most `limit` users, by when the listing must have ended. */
export type RequestPage = (
  limit: number,
  cursor: string | undefined,
  listingEnd: number,
) => Promise<Page>;

/** Which `page[limit]` to ask for: what one listing of a client learns, the others know. */
export class PageSize {
  private takesLarge: boolean | undefined;

  /** @param fixed the only size to be asked for, where the user has set one */
  constructor(private readonly fixed?: number) {}

  /** What a listing begins with. */
  get first(): number {
    return this.fixed ?? (this.takesLarge ? LARGE : SMALL);
  }

  /** The size to begin again with, after a page of `limit` that is not the last. */
  largerThan(limit: number): number | undefined {
    const mayGrow = this.fixed === undefined && this.takesLarge !== false;
    return mayGrow && limit < LARGE ? LARGE : undefined;
  }

  /**
   * Whether a page of `limit` failed because of its size, as far as can be told.
   *
   * @param isTried whether it is the first one of this size, after a smaller one that came: whatever a gateway says or
   * does, only refused keys, the rate limit and a connection that was not there are then surely about something else
   */
  isRefused(limit: number, isTried: boolean, { status, outcome }: SeatsApiError): boolean {
    if (this.fixed !== undefined || limit === SMALL) return false;
    if (isTried) return !["forbidden", "limited", "unsent"].includes(outcome);
    return status === 400 || status === 422;
  }

  /** Records whether a page of `limit` came. One refusal is enough, because listings must not go back and forth. */
  learn(limit: number, taken: boolean): void {
    if (limit === LARGE && this.takesLarge !== false) this.takesLarge = taken;
  }
}

/**
 * The pages of a listing, each requested when it is asked for. A listing that begins again yields its first users again.
 *
 * @param leftMs how long the requests for all pages together may take; what passes between them doesn't count
 * @throws UnexpectedResponse when the pages have no end, and whatever `request` throws
 */
export async function* readPages(
  size: PageSize,
  leftMs: number,
  request: RequestPage,
): AsyncGenerator<Page, void> {
  let limit = size.first;
  let cursor: string | undefined;
  const seen = new Set<string>();
  /** Where small pages go on, until the first large one has come. */
  let resumeAt: string | undefined;
  const begin = (from?: string) => {
    cursor = from;
    seen.clear();
  };
  let spentMs = 0;
  for (let requests = 1; requests <= MAX_PAGES; requests += 1) {
    let page: Page;
    const began = now().monotonic;
    try {
      page = await request(limit, cursor, began + leftMs - spentMs);
    } catch (error) {
      const isTried = resumeAt !== undefined;
      if (!(error instanceof SeatsApiError && size.isRefused(limit, isTried, error))) throw error;
      size.learn(limit, false);
      limit = SMALL;
      begin(resumeAt);
      continue;
    } finally {
      spentMs += now().monotonic - began;
    }
    size.learn(limit, true);
    resumeAt = undefined;
    yield page;
    const { nextCursor } = page;
    if (nextCursor === undefined) return;
    const larger = size.largerThan(limit);
    if (larger !== undefined) {
      limit = larger;
      begin();
      resumeAt = nextCursor;
      continue;
    }
    if (seen.has(nextCursor)) {
      throw new UnexpectedResponse(`page ${seen.size + 1} leads back to an earlier one.`);
    }
    seen.add(nextCursor);
    cursor = nextCursor;
  }
  throw new UnexpectedResponse(`the listing has no end after ${MAX_PAGES} pages.`);
}
