// What Datadog tells `report` about people: who of the holders has left, and who needs a seat and holds none.
import { UsersApi } from "../api/users";
import type { Connection } from "../config/connection";
import { SeatsError } from "../model/errors";
import { withLeavers } from "./leavers";
import { type Need, readNeeds, withNeeds } from "./needs";
import type { PeopleReport, ReportedSeat } from "./seatFindings";
import { log } from "./stdio";

export interface PeopleOptions {
  readonly people?: true;
  readonly inactiveDays?: number;
  readonly neededBy?: readonly Need[];
}

/**
 * Adds the findings that were asked for. What can't be read leaves the rest as it is.
 *
 * @param seats those of the products that are held or owned
 */
export async function reportPeople(
  seats: readonly ReportedSeat[],
  productCodes: readonly string[],
  connection: Connection,
  { people, inactiveDays, neededBy }: PeopleOptions,
): Promise<PeopleReport> {
  const leavers = people
    ? await withListedUsers(seats, connection, inactiveDays)
    : { seats, lookedFor: [], undetermined: [] };
  if (!neededBy) return leavers;
  const { needed, undetermined } = await readNeeds(connection, neededBy);
  const isAnyRead = undetermined.length < neededBy.length;
  return {
    seats: withNeeds(leavers.seats, productCodes, needed),
    lookedFor: [...leavers.lookedFor, ...(isAnyRead ? (["seatless"] as const) : [])],
    undetermined: [...leavers.undetermined, ...undetermined],
  };
}

async function withListedUsers(
  seats: readonly ReportedSeat[],
  connection: Connection,
  inactiveDays: number | undefined,
): Promise<PeopleReport> {
  const onlyDisabled = inactiveDays === undefined;
  try {
    const users = await new UsersApi(connection, { onWait: log }).people(onlyDisabled);
    return withLeavers(seats, users, inactiveDays);
  } catch (error) {
    if (!(error instanceof SeatsError)) throw error;
    const what = onlyDisabled ? "disabled" : "disabled or inactive";
    return { seats, lookedFor: [], undetermined: [`Who is ${what} is unknown: ${error.message}`] };
  }
}
