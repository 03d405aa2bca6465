// Who of the users that Datadog lists are to have a seat, as TeamSeats and SeatRoster take members.
import { SeatsError } from "./errors";
import { emailKey, type User } from "./usersByEmail";

/** Where those who can be paged were found. */
export const ON_CALL = "these schedules, escalation policies and teams";

/** How many users a line names. */
const MAX_NAMED = 20;

/**
 * The UUIDs of people by email, in lower case and sorted, so that the same people are always the same members. Whoever has
 * no email of their own is named by UUID. Disabled users and service accounts are left out, and named in one line.
 *
 * @param found all of them, perhaps more than once
 * @param where they were found, such as `the team "sre"`
 * @param log writes the line
 * @throws SeatsError when nobody is left, unless `allowEmpty`
 */
export function membersAmong(
  found: readonly User[],
  where: string,
  allowEmpty: boolean,
  log: (line: string) => void,
): Record<string, string> {
  const users = merged(found);
  const leftOut = users.filter((user) => reason(user));
  if (leftOut.length > 0) log(`Left out of the members of ${where}: ${named(leftOut)}.`);
  const members = new Map<string, string>();
  for (const user of users.filter((user) => !reason(user))) {
    const label = labelOf(user);
    members.set(members.has(label) ? user.userId : label, user.userId);
  }
  if (members.size === 0 && !allowEmpty) {
    throw new SeatsError(
      `There is nobody in ${where} who can have a seat. Members that have come out empty would unassign every seat: if that is intended, set \`allowEmpty\`.`,
    );
  }
  return Object.fromEntries([...members].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Each user once, in the order of their UUIDs. What one entry says against a user counts. */
function merged(found: readonly User[]): User[] {
  const users = new Map<string, User>();
  for (const user of found) {
    const known = users.get(user.userId) ?? user;
    users.set(user.userId, {
      ...known,
      ...user,
      isDisabled: known.isDisabled || user.isDisabled,
      isServiceAccount: known.isServiceAccount || user.isServiceAccount,
    });
  }
  return [...users.values()].sort((one, other) => (one.userId < other.userId ? -1 : 1));
}

/** Why a user is to have no seat. */
function reason({ isDisabled, isServiceAccount }: User): string | undefined {
  if (isDisabled) return "disabled";
  return isServiceAccount ? "service account" : undefined;
}

const labelOf = ({ email, userId }: User) => (email && emailKey(email)) || userId;

function named(users: readonly User[]): string {
  const names = users.map((user) => `${labelOf(user)} (${reason(user)})`).sort();
  const more = names.length - MAX_NAMED;
  return `${names.slice(0, MAX_NAMED).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
