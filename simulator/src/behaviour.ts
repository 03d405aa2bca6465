// What Datadog's documents leave open, and what may go wrong: settings that may be changed at any time.

export interface Behaviour {
  /** The response to a POST for a user who holds the seat: 201 with or without the user in `assigned_ids`, or a refusal. */
  assignHeld: "assigned" | "unnamed" | 409 | 422;
  /** The response to a DELETE for a user who holds no seat. */
  unassignAbsent: 204 | 404 | 422;
  /** The response to a POST for a user who doesn't exist; "unnamed" leaves the user out of `assigned_ids`. */
  unknownUser: "unnamed" | 400 | 404 | 422;
  /** Whether the words of a refusal name the user whom it is about. */
  refusalsNameUsers: boolean;
  /** The largest `page[limit]`, and the response to one above it: a page of that size, or a refusal. */
  pageLimit: { max: number; above: "capped" | 400 | 422 };
  /** Where a cursor goes on: after the last user of the page before, or after as many users as the pages before had. */
  cursorBy: "user" | "offset";
  /** The shape of errors: the documents' `["text"]`, or the recorded `[{title, detail}]`. */
  errorShape: "documented" | "recorded";
  /** Whether a listing of seats needs `user_access_read` too, as the newest page of the documents says, and no other. */
  listingNeedsUserAccess: boolean;
  /** In how many listings a new seat doesn't show yet. */
  hiddenListings: number;
  /** How long every response takes, in milliseconds. */
  latencyMs: number;
  /** So many requests in a window of so many seconds; the response to any more is 429. */
  rateLimit?: { limit: number; periodSeconds: number };
}

export const DEFAULT_BEHAVIOUR: Behaviour = {
  assignHeld: "assigned",
  unassignAbsent: 204,
  unknownUser: 400,
  refusalsNameUsers: true,
  pageLimit: { max: 1000, above: "capped" },
  cursorBy: "user",
  errorShape: "recorded",
  listingNeedsUserAccess: true,
  hiddenListings: 0,
  latencyMs: 0,
};

/** Something that goes wrong, once or more often. */
export interface Fault {
  /** Only requests with this method; any without. */
  method?: "GET" | "POST" | "DELETE";
  /** Only requests for this product; any without. */
  productCode?: string;
  /** Only a GET for this page, counted from 1 in each listing. */
  page?: number;
  /** How often; once without. */
  times?: number;
  /** Whether the request takes effect all the same. */
  afterEffect?: boolean;
  /** The response's status … */
  status?: number;
  headers?: Record<string, string>;
  /** … and its body: an object as JSON, a string as HTML. */
  body?: string | object;
  /** Close the connection instead, or never respond. */
  instead?: "drop" | "hang";
}

/** The faults that are still to come. */
export class Faults {
  private readonly waiting: { fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.waiting.push({ fault, left: fault.times ?? 1 });
  }

  remove(fault: Fault): void {
    const index = this.waiting.findIndex((entry) => entry.fault === fault);
    if (index >= 0) this.waiting.splice(index, 1);
  }

  clear(): void {
    this.waiting.length = 0;
  }

  /** The fault that this request meets, if any; it is used up by that. */
  next(method: string, productCode: unknown, page: number | undefined): Fault | undefined {
    const index = this.waiting.findIndex(
      ({ fault }) =>
        (fault.method ?? method) === method &&
        (fault.productCode ?? productCode) === productCode &&
        (fault.page === undefined || (method === "GET" && fault.page === page)),
    );
    const entry = this.waiting[index];
    if (!entry) return undefined;
    entry.left -= 1;
    if (entry.left === 0) this.waiting.splice(index, 1);
    return entry.fault;
  }
}
