// Who of those who hold seats has left, as far as Datadog's listing of users tells.
import { now } from "../api/clock";
import type { Person } from "../api/users";
import type { PeopleReport, ReportedSeat } from "./seatFindings";

const DAY_MS = 86_400_000;
/** How many holders a sentence names. */
const MAX_NAMED = 20;

/**
 * Adds the findings `disabled` and, with a number of days, `inactive` to seats that are held.
 *
 * @param users all of the org; without a number of days those who are disabled
 */
export function withLeavers(
  seats: readonly ReportedSeat[],
  users: readonly Person[],
  inactiveDays?: number,
): PeopleReport {
  const userOf = new Map(users.map((user) => [user.userId, user]));
  const disabled = seats.map((seat) =>
    seat.held && userOf.get(seat.userId)?.isDisabled ? withFinding(seat, "disabled") : seat,
  );
  if (inactiveDays === undefined) {
    return { seats: disabled, lookedFor: ["disabled"], undetermined: [] };
  }
  // Somebody has made the keys. Where nobody has ever logged in, Datadog doesn't tell.
  if (!users.some(({ lastLoginAt }) => lastLoginAt !== undefined)) {
    const reason = "Datadog's listing of users has a `last_login_time` of nobody.";
    return {
      seats: disabled,
      lookedFor: ["disabled"],
      undetermined: [`Who is inactive is unknown: ${reason}`],
    };
  }
  const limit = now().wall - inactiveDays * DAY_MS;
  const untold = new Set<string>();
  const all = disabled.map((seat) => {
    if (!seat.held) return seat;
    const user = userOf.get(seat.userId);
    const lastSign = user && lastSignOf(user, seat);
    if (lastSign === undefined) untold.add(seat.email ?? seat.userId);
    if (lastSign === undefined || lastSign >= limit) return seat;
    const { lastLoginAt } = user as Person;
    return {
      ...withFinding(seat, "inactive"),
      lastLoginAt: lastLoginAt === undefined ? null : new Date(lastLoginAt).toISOString(),
    };
  });
  return {
    seats: all,
    lookedFor: ["disabled", "inactive"],
    undetermined: untold.size > 0 ? [whoIsUntold([...untold])] : [],
  };
}

const withFinding = (seat: ReportedSeat, finding: "disabled" | "inactive"): ReportedSeat => ({
  ...seat,
  findings: [...seat.findings, finding],
});

/** The last login; of somebody who never logged in, when the seat was assigned, else when the user was created. */
function lastSignOf(
  { lastLoginAt, createdAt }: Person,
  { assignedAt = "" }: ReportedSeat,
): number | undefined {
  const assigned = Date.parse(assignedAt);
  return lastLoginAt ?? (Number.isNaN(assigned) ? createdAt : assigned);
}

function whoIsUntold(names: readonly string[]): string {
  const more = names.length - MAX_NAMED;
  const shown = names.slice(0, MAX_NAMED).join(", ") + (more > 0 ? ` and ${more} more` : "");
  return `Who is inactive is unknown of ${names.length} holders, who are not among the users that Datadog lists or have no date there: ${shown}.`;
}
