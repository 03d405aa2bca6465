// The endpoint of the Users API that lists an org's users: to find people by email, and to tell who has left.
// Source: https://docs.datadoghq.com/api/latest/users/#list-all-users
import type { Connection } from "../config/connection";
import { mapConcurrently } from "../model/mapConcurrently";
import { isUuid } from "../model/seat";
import { emailKey, type User, UsersByEmail } from "../model/usersByEmail";
import type { Call, Permission } from "./call";
import { Client, type ClientOptions } from "./client";
import { now } from "./clock";
import {
  CONCURRENCY,
  completeListing,
  missing,
  type NumberedPage,
  pageQuery,
  pagesOf,
  parseNumberedPage,
  remaining,
} from "./numberedPages";
import { listingLimitMs } from "./pages";
import { moment, object, UnexpectedResponse } from "./responses";
import { sanitizeEmail } from "./sanitize";

/** A user, with what tells whether they still use Datadog: moments in milliseconds, as far as Datadog tells them. */
export interface Person extends User {
  readonly createdAt?: number;
  /** Absent for somebody who has never logged in. */
  readonly lastLoginAt?: number;
}

export const SEE_USERS: Permission = { to: "see users", anyOf: ["user_access_read"] };

/** How many pages are read to tell what was meant by an email that no user has. */
const MAX_PAGES_TO_SUGGEST = 10;

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
   * @param leaveOut is told of emails that only disabled users have; without it they are an error
   * @throws SeatsError that lists every email which stands for nobody, or not for one person
   */
  async idsByEmail(
    emails: readonly string[],
    leaveOut?: (line: string) => void,
  ): Promise<Record<string, string>> {
    return (await this.withEmails(emails)).ids(emails, leaveOut);
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
      if (missing(all.map(idOf), first) === 0) return new UsersByEmail(all);
    }
    const found = await mapConcurrently(keys, CONCURRENCY, (key) => this.found(key));
    const users = new UsersByEmail(found.flat());
    const isKnown = keys.every((key) => users.has(key));
    if (isKnown || pagesOf(first) > MAX_PAGES_TO_SUGGEST) return users;
    all ??= await this.rest(first);
    return new UsersByEmail([...found.flat(), ...all]);
  }

  /**
   * All users, enabled or not.
   *
   * @param onlyDisabled of them those alone, which takes fewer requests
   */
  people(onlyDisabled: boolean): Promise<readonly Person[]> {
    const call = { ...this.call, describe: () => "list users" };
    return this.all(call, parsePerson, onlyDisabled ? { "filter[status]": "Disabled" } : {});
  }

  /** The first page of all users. */
  firstPage(): Promise<NumberedPage<User>> {
    return this.page(0, this.call, parseUser);
  }

  /** All users with an email, a name or a handle that holds a text, in any case as far as is known. */
  private found(filter: string): Promise<readonly User[]> {
    return this.all(this.call, parseUser, { filter });
  }

  private all<Entry extends User>(
    call: Call,
    parse: (entry: unknown) => Entry,
    query: Readonly<Record<string, string>>,
  ): Promise<readonly Entry[]> {
    return completeListing(this.client, call, "users", idOf, (number) =>
      this.page(number, call, parse, query),
    );
  }

  /** The users of a listing whose first page is known. Where pages repeat users, they lack others. */
  private rest(first: NumberedPage<User>): Promise<readonly User[]> {
    return remaining(first, (number) => this.page(number, this.call, parseUser));
  }

  /** @param number counted from 0 */
  private page<Entry>(
    number: number,
    call: Call,
    parse: (entry: unknown) => Entry,
    filters: Readonly<Record<string, string>> = {},
  ): Promise<NumberedPage<Entry>> {
    return this.client.send(
      call,
      ({ body }) => {
        const { entries, total } = parseNumberedPage(body, "users", "page", "total_filtered_count");
        return { entries: entries.map((entry) => parse(entry)), total };
      },
      {
        // Without an order the pages may repeat some users and lack others.
        query: { ...pageQuery(number), sort: "name", ...filters },
        listingEnd: this.listingEnd,
      },
    );
  }
}

const idOf = ({ userId }: User) => userId;

function parsePerson(entry: unknown): Person {
  const user = parseUser(entry);
  const { attributes } = entry as { attributes: Record<string, unknown> };
  const createdAt = moment("`created_at` of a user", attributes.created_at);
  const lastLoginAt = moment("`last_login_time` of a user", attributes.last_login_time);
  return { ...user, ...(createdAt && { createdAt }), ...(lastLoginAt && { lastLoginAt }) };
}

/**
 * A user as the Users API, a team's membership or an On-Call object has it.
 *
 * @param where the entry stands, such as "`data`"
 */
export function parseUser(entry: unknown, where = "`data`"): User {
  const { id, attributes } = object(entry, `an entry of ${where} is not an object`);
  if (typeof id !== "string" || !isUuid(id)) {
    throw new UnexpectedResponse(`the \`id\` of an entry of ${where} is not a UUID.`);
  }
  const { email, disabled, status, service_account } = object(
    attributes,
    "`attributes` is not an object",
  );
  return {
    userId: id.toLowerCase(),
    ...(typeof email === "string" && { email: sanitizeEmail(email) }),
    isDisabled: flag("disabled", disabled) || status === "Disabled" || status === "deactivated",
    isServiceAccount: flag("service_account", service_account),
  };
}

/** False where Datadog doesn't tell. */
function flag(name: string, value: unknown): boolean {
  if (typeof (value ?? false) === "boolean") return value === true;
  throw new UnexpectedResponse(`\`${name}\` of a user is neither true nor false.`);
}
