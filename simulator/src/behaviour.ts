// What Datadog's documents leave open, and what may go wrong: each a switch, to be turned at any time.

export interface Behaviour {
  /** What a POST answers for a user who has the seat: 201 with or without the user in `assigned_ids`, or a refusal. */
  assignHeld: "assigned" | "unnamed" | 409 | 422;
  /** What a DELETE answers for a user who has no seat. */
  unassignAbsent: 204 | 404 | 422;
  /** What a POST answers for a user who doesn't exist; "unnamed" leaves the user out of `assigned_ids`. */
  unknownUser: "unnamed" | 400 | 404 | 422;
  /** Whether the words of a refusal name the user whom it is about. */
  refusalsNameUsers: boolean;
  /** The shape of errors: the documents' `["text"]`, or the recorded `[{title, detail}]`. */
  errorShape: "documented" | "recorded";
  /** In how many listings a fresh seat doesn't show yet. */
  hiddenListings: number;
  /** Before every answer, in milliseconds. */
  latencyMs: number;
  /** So many requests in a window of so many seconds; more are answered 429. */
  rateLimit?: { limit: number; periodSeconds: number };
}

export const DEFAULT_BEHAVIOUR: Behaviour = {
  assignHeld: "assigned",
  unassignAbsent: 204,
  unknownUser: 400,
  refusalsNameUsers: true,
  errorShape: "recorded",
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
  /** Answer this … */
  status?: number;
  headers?: Record<string, string>;
  /** … with this body: an object as JSON, a text as HTML. */
  body?: string | object;
  /** … or close the connection, or never answer. */
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

  /** The fault that strikes this request, if one does. */
  strike(method: string, productCode: unknown, page: number | undefined): Fault | undefined {
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
