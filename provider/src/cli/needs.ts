// Who needs a seat, because a schedule, an escalation policy or a team pages them, and holds none.
import { InvalidArgumentError } from "commander";
import { causeOf } from "../api/errors";
import { OnCallApi, type OnCallObjects } from "../api/onCall";
import type { Connection } from "../config/connection";
import { SeatsError } from "../model/errors";
import { ON_CALL_OBJECTS } from "../model/lookups";
import { membersAmong, ON_CALL } from "../model/members";
import type { User } from "../model/usersByEmail";
import { byEmail } from "./list";
import type { ReportedSeat } from "./seatFindings";
import { log } from "./stdio";

/** What needs people to have seats, as it was given, such as "team:sre". */
export interface Need {
  readonly text: string;
  readonly kind: keyof OnCallObjects;
  readonly name: string;
}

const KINDS: ReadonlyMap<string, keyof OnCallObjects> = new Map([
  ["schedule", "schedules"],
  ["policy", "escalationPolicies"],
  ["team", "teams"],
]);

export function parseNeed(value: string): Need {
  const text = value.trim();
  const [, prefix = "", name = ""] = /^(.*?):(.*)$/.exec(text) ?? [];
  const kind = KINDS.get(prefix);
  if (!kind) throw new InvalidArgumentError("Expected schedule:ID, policy:ID or team:HANDLE.");
  const problem = ON_CALL_OBJECTS[kind](name);
  if (problem === undefined) return { text, kind, name };
  throw new InvalidArgumentError(`Of ${JSON.stringify(text)}: ${problem}.`);
}

/** Somebody who needs a seat. */
export interface NeededUser {
  readonly userId: string;
  /** Absent for somebody who has no email of their own. */
  readonly email?: string;
  readonly neededBy: readonly string[];
}

export interface Needs {
  readonly needed: readonly NeededUser[];
  /** Why some could not be read, a sentence for each of them. */
  readonly undetermined: readonly string[];
}

/** Asks whom each of these pages, but for disabled users and service accounts, whom a line names. */
export async function readNeeds(connection: Connection, needs: readonly Need[]): Promise<Needs> {
  const found: User[] = [];
  const neededBy = new Map<string, Set<string>>();
  const undetermined: string[] = [];
  const causes = new Set<string>();
  for (const { text, kind, name } of needs) {
    try {
      const objects = { schedules: [], escalationPolicies: [], teams: [], [kind]: [name] };
      // A client of its own: one that was refused an object, perhaps by rules of that object, asks for no other.
      const users = await new OnCallApi(connection, { onWait: log }).users(objects);
      if (users.length === 0) log(`Nobody is paged by ${text}.`);
      for (const { userId } of users) {
        neededBy.set(userId, (neededBy.get(userId) ?? new Set()).add(text));
      }
      found.push(...users);
    } catch (error) {
      if (!(error instanceof SeatsError)) throw error;
      const reason = causes.has(causeOf(error)) ? error.summary : error.message;
      causes.add(causeOf(error));
      undetermined.push(`Whom ${text} pages is unknown: ${reason}`);
    }
  }
  const needed = Object.entries(membersAmong(found, ON_CALL, true, log)).map(([label, userId]) => ({
    userId,
    ...(label !== userId && { email: label }),
    neededBy: [...(neededBy.get(userId) ?? [])],
  }));
  return { needed, undetermined };
}

/** Says of each user's seat what needs it. A seat of a product that a user lacks comes behind the others, sorted by email. */
export function withNeeds(
  seats: readonly ReportedSeat[],
  productCodes: readonly string[],
  needed: readonly NeededUser[],
): ReportedSeat[] {
  return productCodes.flatMap((productCode) => {
    const ofProduct = seats.filter((seat) => seat.productCode === productCode);
    const needOf = new Map(needed.map((user) => [user.userId, user]));
    const known = ofProduct.map((seat) => withNeed(seat, needOf.get(seat.userId)));
    for (const { userId } of ofProduct) needOf.delete(userId);
    const others = [...needOf.values()].sort(byEmail).map((user) => {
      const seat = { productCode, userId: user.userId, held: false, owners: [], findings: [] };
      return withNeed(seat, user);
    });
    return [...known, ...others];
  });
}

function withNeed(seat: ReportedSeat, need: NeededUser | undefined): ReportedSeat {
  if (!need) return seat;
  const { email = need.email, findings, held } = seat;
  return {
    ...seat,
    ...(email !== undefined && { email }),
    neededBy: need.neededBy,
    findings: held ? findings : [...findings, "seatless"],
  };
}
