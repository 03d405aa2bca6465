// The answers of the Seats API, checked before they are believed.
// What may be shown is made fit for it here.
// Source: https://docs.datadoghq.com/api/latest/seats/ (models "SeatUserDataArray", "AssignSeatsUserResponse").
import { isObject } from "../model/object";
import { plain } from "./sanitize";

/** A holder of a seat. */
export interface SeatUser {
  /** The user's UUID, in lower case. */
  readonly id: string;
  readonly email?: string;
  readonly name?: string;
  /** When the seat was assigned: an ISO 8601 date and time. */
  readonly assignedAt?: string;
}

export interface Page {
  readonly users: readonly SeatUser[];
  /** `undefined` on the last page. */
  readonly nextCursor?: string;
}

/** An answer that is not what the documents say; the message completes "answered, but …". */
export class UnexpectedAnswer extends Error {}

/** @param pageSize how many users were asked for: more are an error, and a full page must say whether there is another */
export function parsePage(body: unknown, pageSize: number): Page {
  const { data, meta } = object(body, "not with a list of seats");
  if (!Array.isArray(data)) throw new UnexpectedAnswer("without `data`, the list of seats.");
  if (data.length > pageSize) {
    throw new UnexpectedAnswer(
      `with ${data.length} users on a page, although at most ${pageSize} were asked for.`,
    );
  }
  const users = data.map(parseUser);
  if (meta === undefined || meta === null) {
    // So is a product without seats answered. A full page without `meta` may not be the last one.
    if (users.length >= pageSize) throw new UnexpectedAnswer("a full page came without `meta`.");
    return { users };
  }
  const cursor = object(meta, "`meta` is not an object").next_cursor;
  if (cursor === undefined || cursor === null || cursor === "") return { users };
  // Half a character can't be sent back.
  if (typeof cursor !== "string" || /\p{Cs}/u.test(cursor)) {
    throw new UnexpectedAnswer("`meta.next_cursor` is not a text.");
  }
  return { users, nextCursor: cursor };
}

/** The users to whom a POST gave seats. */
export function parseAssigned(body: unknown): Set<string> {
  const data = object(object(body, "not in JSON").data, "without `data`");
  const ids = object(data.attributes, "without `data.attributes`").assigned_ids;
  if (!Array.isArray(ids) || !ids.every((id) => typeof id === "string")) {
    throw new UnexpectedAnswer("without `assigned_ids`, the users who got a seat.");
  }
  return new Set(ids.map((id) => id.toLowerCase()));
}

function parseUser(entry: unknown): SeatUser {
  const { id, attributes } = object(entry, "an entry of `data` is not an object");
  // One that can't be shown is nobody's, and space around it would hide whose it is.
  if (typeof id !== "string" || id === "" || id !== plain(id)) {
    throw new UnexpectedAnswer("an entry of `data` has no `id`.");
  }
  const { email, name, assigned_at } = object(attributes ?? {}, "`attributes` is not an object");
  return {
    id: id.toLowerCase(),
    ...(typeof email === "string" && { email: plain(email) }),
    ...(typeof name === "string" && { name: plain(name) }),
    ...(typeof assigned_at === "string" && { assignedAt: plain(assigned_at) }),
  };
}

function object(value: unknown, otherwise: string): Record<string, unknown> {
  if (isObject(value)) return value;
  throw new UnexpectedAnswer(`${otherwise}.`);
}
