// The endpoint of the Users API that lists an org's users, to find people by email.
// Source: https://docs.datadoghq.com/api/latest/users/#list-all-users
import type { Connection } from "../config/connection";
import { mapConcurrently } from "../model/mapConcurrently";
import { isUuid } from "../model/seat";
import { emailKey, type User, UsersByEmail } from "../model/usersByEmail";
import type { Call, Permission } from "./call";
import { Client, type ClientOptions } from "./client";
import { now } from "./clock";
import { listingLimitMs } from "./pages";
import { object, UnexpectedResponse } from "./responses";
import { sanitize } from "./sanitize";

export const SEE_USERS: Permission = { to: "see users", anyOf: ["user_access_read"] };

/** The largest `page[size]` that the documents allow. */
const PAGE_SIZE = 100;
/** More pages than this are treated as nonsense: a million users. */
const MAX_PAGES = 10_000;
/** How many requests are sent side by side. */
const CONCURRENCY = 4;
/** How many pages are read to tell what was meant by an email that no user has. */
const MAX_PAGES_TO_SUGGEST = 10;

/** One page of a listing. */
interface UsersPage {
  readonly users: readonly User[];
  /** How many users the whole listing has. */
  readonly total: number;
}

/** One lookup among the users of an org. Every method throws SeatsApiError when a request fails. */
export class UsersApi {
  private readonly client: Client;
  private readonly call: Call;
  /** When the lookup must have ended, by the monotonic clock. */
  private readonly listingEnd: number;

  constructor(connection: Connection, options?: ClientOptions) {
    this.client = new Client(connection, options);
    this.listingEnd = now().monotonic + listingLimitMs(connection);
    this.call = {
      method: "GET",
      path: "/api/v2/users",
      permission: SEE_USERS,
      describe: () => "look users up by email",
      userIds: [],
    };
  }

  /**
   * The UUIDs of people, by their emails as they are given.
   *
   * @throws SeatsError that lists every email which stands for nobody, or not for one person
   */
  async idsByEmail(emails: readonly string[]): Promise<Record<string, string>> {
    return (await this.withEmails(emails)).ids(emails);
  }

  /**
   * All users who have one of these emails; perhaps others too.
   *
   * The first page of all users tells how many there are. Then the other pages are read, or each email is asked for,
   * whichever takes fewer requests. Each email is asked for also where the pages lack users.
   */
  async withEmails(emails: readonly string[]): Promise<UsersByEmail> {
    const keys = [...new Set(emails.map(emailKey))];
    if (keys.length === 0) return new UsersByEmail([]);
    const first = await this.firstPage();
    let all: readonly User[] | undefined;
    if (pagesOf(first) - 1 <= keys.length) {
      all = await this.rest(first);
      if (missing(all, first) === 0) return new UsersByEmail(all);
    }
    const found = await mapConcurrently(keys, CONCURRENCY, (key) => this.found(key));
    const users = new UsersByEmail(found.flat());
    const isKnown = keys.every((key) => users.has(key));
    if (isKnown || pagesOf(first) > MAX_PAGES_TO_SUGGEST) return users;
    all ??= await this.rest(first);
    return new UsersByEmail([...found.flat(), ...all]);
  }

  /** The first page of all users. */
  firstPage(): Promise<UsersPage> {
    return this.page(0);
  }

  /** All users whom a filter finds. */
  private async found(filter: string): Promise<readonly User[]> {
    const first = await this.page(0, filter);
    const users = await this.rest(first, filter);
    const count = missing(users, first);
    if (count === 0) return users;
    throw this.client
      .unexpectedContent(
        this.call,
        `with ${first.total - count} of ${first.total} users on all pages together.`,
      )
      .adding("Perhaps users changed while they were listed: run again.");
  }

  /** The users of a listing whose first page is known. Where pages repeat users, they lack others. */
  private async rest(first: UsersPage, filter?: string): Promise<readonly User[]> {
    const numbers = Array.from({ length: pagesOf(first) }, (_, number) => number).slice(1);
    const others = await mapConcurrently(numbers, CONCURRENCY, (number) =>
      this.page(number, filter),
    );
    return [first, ...others].flatMap((page) => page.users);
  }

  /**
   * @param number counted from 0
   * @param filter what name, handle or email hold, in any case as far as is known
   */
  private page(number: number, filter?: string): Promise<UsersPage> {
    const query = {
      "page[size]": String(PAGE_SIZE),
      "page[number]": String(number),
      // Without an order the pages may repeat some users and lack others.
      sort: "name",
      ...(filter !== undefined && { filter }),
    };
    return this.client.send(this.call, ({ body }) => parsePage(body), {
      query,
      listingEnd: this.listingEnd,
    });
  }
}

/** How many of a listing's users were on none of its pages. */
function missing(users: readonly User[], { total }: UsersPage): number {
  return Math.max(0, total - new Set(users.map(({ userId }) => userId)).size);
}

const pagesOf = ({ total }: UsersPage) => Math.ceil(total / PAGE_SIZE);

function parsePage(body: unknown): UsersPage {
  const { data, meta } = object(body, "not with a list of users");
  if (!Array.isArray(data)) throw new UnexpectedResponse("without `data`, the list of users.");
  if (data.length > PAGE_SIZE) {
    throw new UnexpectedResponse(
      `with ${data.length} users on a page, although at most ${PAGE_SIZE} were asked for.`,
    );
  }
  const { page } = object(meta, "without `meta`");
  const { total_filtered_count: total } = object(page, "without `meta.page`");
  if (!Number.isInteger(total) || Number(total) < 0 || Number(total) > MAX_PAGES * PAGE_SIZE) {
    throw new UnexpectedResponse("`meta.page.total_filtered_count` is not a number of users.");
  }
  return { users: data.map(parseUser), total: Number(total) };
}

function parseUser(entry: unknown): User {
  const { id, attributes } = object(entry, "an entry of `data` is not an object");
  if (typeof id !== "string" || !isUuid(id)) {
    throw new UnexpectedResponse("the `id` of an entry of `data` is not a UUID.");
  }
  const { email, disabled, status, service_account } = object(
    attributes,
    "`attributes` is not an object",
  );
  return {
    userId: id.toLowerCase(),
    ...(typeof email === "string" && { email: sanitize(email) }),
    isDisabled: flag("disabled", disabled) || status === "Disabled",
    isServiceAccount: flag("service_account", service_account),
  };
}

/** False where Datadog doesn't tell. */
function flag(name: string, value: unknown): boolean {
  if (typeof (value ?? false) === "boolean") return value === true;
  throw new UnexpectedResponse(`\`${name}\` of a user is neither true nor false.`);
}
