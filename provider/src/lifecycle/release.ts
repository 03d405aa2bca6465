// What becomes of a seat that a resource of the state no longer holds: the rule is in seats/ownership.ts.
import type { SeatUser } from "../api/responses";
import { SeatsError } from "../model/errors";
import { inOrg, type Seat, seatId } from "../model/seat";
import type { Run } from "./run";
import { isDeclared, isOwnedElsewhere } from "./siblings";

/** When a resource releases a seat: as it is updated, in the middle of a run, or as it is deleted, at the end. */
export type Release = "update" | "delete";

interface ReleasedSeat extends Seat {
  /** The resource that releases it, as `Ownership.changes` knows it. */
  readonly releasing?: string | undefined;
}

/** Unassigns a seat, unless the program declares it: then `wanted`, and nothing was sent. */
export async function unassignUnwanted(
  run: Run,
  seat: ReleasedSeat,
  release: Release,
): Promise<"unassigned" | "wanted"> {
  const key = run.seatKey(seat);
  // Before other processes are made to wait for the removal: this may take as long as the program goes on.
  await run.ownership.willBeWanted(key);
  return run.ownership.removing(key, async () => {
    const demand = await demandFor(run, seat, release);
    if (demand === "wanted") return "wanted";
    if (demand === "not held") return "unassigned";
    const result = await run.product(seat).unassign(seat.userId);
    return result === "kept" ? "wanted" : "unassigned";
  });
}

/**
 * Whether another resource of the program owns a seat that the program declares, or will own it soon.
 *
 * @param urn of the resource that releases it, where its provider may be another than before
 */
export async function hasOwner(run: Run, seat: Seat, urn?: string): Promise<boolean> {
  const { ownership } = run;
  const key = run.seatKey(seat);
  const owned =
    (ownership.isWanted(key) && (await ownership.hasOwner(key))) ||
    (await isOwnedElsewhere(run, seat, urn));
  // The engine is told of the new owner before it is told that this one has released the seat.
  await new Promise((resolve) => setTimeout(resolve, 0));
  return owned;
}

/**
 * Whether the program declares a seat, under whichever name of its org; `not held` where that can't be told, and need not
 * be, because nobody holds it.
 */
export async function demandFor(
  run: Run,
  seat: ReleasedSeat,
  release: Release,
): Promise<"wanted" | "not wanted" | "not held"> {
  const { ownership } = run;
  const key = run.seatKey(seat);
  const wanted = await isDeclared(run, seat);
  const isInterrupted =
    !wanted &&
    (release === "update"
      ? ownership.isProgramInterrupted
      : !(await ownership.changes.allCame(seat.releasing)));
  if (ownership.isProgramIncomplete || isInterrupted) {
    throw new SeatsError(
      `Kept the seat ${seatId(seat)}: another resource failed in this run, so it is not known whether the program still declares the seat. Fix what failed, and run \`pulumi up\` again.`,
    );
  }
  if (wanted) return "wanted";
  for (const other of run.maybeDeclaredAs(seat)) {
    const [held, declared] = await Promise.all([seat, other].map((one) => holderOf(run, one)));
    if (!held) return "not held";
    if (!declared || !isSameSeat(seat, held, other, declared)) continue;
    ownership.unite(key, run.seatKey(other));
    return "wanted";
  }
  return "not wanted";
}

/** Who holds a seat, with the date of its assignment, by a listing that begins now. */
const holderOf = async (run: Run, { userId, ...product }: Seat): Promise<SeatUser | undefined> =>
  (await run.product(product).relist()).get(userId);

/**
 * Whether two held seats of one product and user, of orgs with different API keys, are one: an org may have many keys.
 * One seat shows under both with the same date of assignment.
 *
 * @throws SeatsError when the listings don't tell, so that the seat is kept
 */
function isSameSeat(seat: Seat, mine: SeatUser, declared: Seat, theirs: SeatUser): boolean {
  if (mine.assignedAt && theirs.assignedAt) return mine.assignedAt === theirs.assignedAt;
  throw new SeatsError(
    `Kept the seat ${seatId(seat)}: ${inOrg("it", seat.org)} may be the same as ${seatId(declared)}, which the program declares, because Datadog tells no date of assignment. If the orgs differ, unassign it by hand; in either case run \`pulumi state delete\` for this resource.`,
  );
}
