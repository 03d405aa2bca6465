// Reads the responses of the Seats API: checks their shape, and sanitizes what may be shown.
// Source: https://docs.datadoghq.com/api/latest/seats/ (models "SeatUserDataArray", "AssignSeatsUserResponse").
import { isObject } from "../model/values";
import { sanitize, sanitizeEmail } from "./sanitize";

/** A holder of a seat. */
export interface SeatUser {
  /** The user's UUID, in lower case. */
  readonly userId: string;
  /** The user's email, where Datadog tells it. */
  readonly email?: string;
  /** The user's name, where Datadog tells it. */
  readonly name?: string;
  /** When the seat was assigned, as an ISO 8601 date and time, where Datadog tells it. */
  readonly assignedAt?: string;
}

export interface Page {
  readonly users: readonly SeatUser[];
  /** `undefined` on the last page. */
  readonly nextCursor?: string;
}

/** A response that is not what the documents say; the message completes "responded, but …". */
export class UnexpectedResponse extends Error {}

/** @param pageSize how many users were asked for: more are an error, and a full page must say whether there is another */
export function parsePage(body: unknown, pageSize: number): Page {
  const { data, meta } = object(body, "not with a list of seats");
  if (!Array.isArray(data)) throw new UnexpectedResponse("without `data`, the list of seats.");
  if (data.length > pageSize) {
    throw new UnexpectedResponse(
      `with ${data.length} users on a page, although at most ${pageSize} were asked for.`,
    );
  }
  const users = data.map(parseUser);
  if (meta === undefined || meta === null) {
    // Datadog responds like this for a product without seats. A full page without `meta` may not be the last one.
    if (users.length >= pageSize) throw new UnexpectedResponse("a full page came without `meta`.");
    return { users };
  }
  const cursor = object(meta, "`meta` is not an object").next_cursor;
  if (cursor === undefined || cursor === null || cursor === "") return { users };
  // Half a character can't be sent back.
  if (typeof cursor !== "string" || /\p{Cs}/u.test(cursor)) {
    throw new UnexpectedResponse("`meta.next_cursor` is not a string.");
  }
  return { users, nextCursor: cursor };
}

/** The holders of seats as functions return them: by their UUIDs. */
export const inOrder = (holders: ReadonlyMap<string, SeatUser>): SeatUser[] =>
  [...holders.values()].sort((a, b) => (a.userId < b.userId ? -1 : 1));

/** The users whose seats a POST assigned. */
export function parseAssigned(body: unknown): Set<string> {
  const data = object(object(body, "not in JSON").data, "without `data`");
  const ids = object(data.attributes, "without `data.attributes`").assigned_ids;
  if (!Array.isArray(ids) || !ids.every((id) => typeof id === "string")) {
    throw new UnexpectedResponse("without `assigned_ids`, the users whose seats were assigned.");
  }
  return new Set(ids.map((id) => id.toLowerCase()));
}

function parseUser(entry: unknown): SeatUser {
  const { id, attributes } = object(entry, "an entry of `data` is not an object");
  // An id that changes when it is sanitized could be shown like that of another user.
  if (typeof id !== "string" || id === "" || id !== sanitize(id)) {
    throw new UnexpectedResponse("an entry of `data` has no `id`.");
  }
  const { email, name, assigned_at } = object(attributes ?? {}, "`attributes` is not an object");
  return {
    userId: id.toLowerCase(),
    ...(typeof email === "string" && { email: sanitizeEmail(email) }),
    ...(typeof name === "string" && { name: sanitize(name) }),
    ...(typeof assigned_at === "string" && { assignedAt: sanitize(assigned_at) }),
  };
}

/** @param otherwise completes "responded, but …" when it is none */
export function object(value: unknown, otherwise: string): Record<string, unknown> {
  if (isObject(value)) return value;
  throw new UnexpectedResponse(`${otherwise}.`);
}

/**
 * A date and time in milliseconds; `undefined` where there is none, which some services write as the year 1.
 *
 * @param what it is, to begin "… is not a date"
 */
export function moment(what: string, value: unknown): number | undefined {
  if ((value ?? "") === "") return undefined;
  const time = typeof value === "string" ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) throw new UnexpectedResponse(`${what} is not a date.`);
  return time > 0 ? time : undefined;
}
