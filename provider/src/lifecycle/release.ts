// What becomes of a seat that a resource of the state no longer holds: the rule is in seats/ownership.ts.
import { SeatsError } from "../model/errors";
import { inOrg, type Seat, seatId } from "../model/seat";
import type { Run } from "./run";

/** Unassigns a seat, unless the program declares it: then `wanted`, and nothing was sent. */
export async function unassignUnwanted(run: Run, seat: Seat): Promise<"unassigned" | "wanted"> {
  if (await isWanted(run, seat)) return "wanted";
  const result = await run.product(seat).unassign(seat.userId);
  return result === "kept" ? "wanted" : "unassigned";
}

/** Whether another resource of the program owns a seat that the program declares, or will own it soon. */
export async function hasOwner(run: Run, seat: Seat): Promise<boolean> {
  const owned = await run.ownership.hasOwner(run.seatKey(seat));
  // The engine is told of the new owner before it is told that this one has released the seat.
  await new Promise((resolve) => setTimeout(resolve, 0));
  return owned;
}

/** Whether the program declares a seat, under whichever name of its org. */
export async function isWanted(run: Run, seat: Seat): Promise<boolean> {
  const key = run.seatKey(seat);
  const wanted = await run.ownership.willBeWanted(key);
  if (run.ownership.isProgramIncomplete) {
    throw new SeatsError(
      `Kept the seat ${seatId(seat)}: a resource could not be refreshed in this run, so it is not known whether the program still declares the seat. Fix what made the refresh fail, and run \`pulumi up\` again.`,
    );
  }
  if (wanted) return true;
  for (const other of run.maybeDeclaredAs(seat)) {
    if (!(await isSameSeat(run, seat, other))) continue;
    run.ownership.unite(key, run.seatKey(other));
    return true;
  }
  return false;
}

/**
 * Whether two seats of one product and user, of orgs with different API keys, are one: an org may have many keys. One
 * seat shows under both with the same date of assignment.
 *
 * @throws SeatsError when the listings don't tell, for the seat to be kept
 */
async function isSameSeat(run: Run, seat: Seat, declared: Seat): Promise<boolean> {
  const [mine, theirs] = await Promise.all(
    [seat, declared].map(async (one) => (await run.product(one).allAnew()).get(one.userId)),
  );
  if (!mine || !theirs) return false;
  if (mine.assignedAt && theirs.assignedAt) return mine.assignedAt === theirs.assignedAt;
  throw new SeatsError(
    `Kept the seat ${seatId(seat)}: ${inOrg("it", seat.org)} may be the same as ${seatId(declared)}, which the program declares, because Datadog tells no date of assignment. If the orgs differ, unassign it by hand; in either case run \`pulumi state delete\` for this resource.`,
  );
}
