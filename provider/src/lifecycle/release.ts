// What becomes of a seat that a resource of the state no longer holds: the rule is in seats/ownership.ts.
import { SeatsError } from "../model/errors";
import { type Seat, seatId } from "../model/seat";
import type { Run } from "./run";

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
  if (await isDemanded(run, seat, release)) return "wanted";
  const result = await run.product(seat).unassign(seat.userId);
  return result === "kept" ? "wanted" : "unassigned";
}

/** Whether another resource of the program owns a seat that the program declares, or will own it soon. */
export async function hasOwner(run: Run, seat: Seat): Promise<boolean> {
  const { ownership } = run;
  const owned = ownership.isWanted(seatId(seat)) && (await ownership.hasOwner(seatId(seat)));
  // The engine is told of the new owner before it is told that this one has released the seat.
  await new Promise((resolve) => setTimeout(resolve, 0));
  return owned;
}

/** Whether the program declares a seat. */
export async function isDemanded(run: Run, seat: ReleasedSeat, release: Release): Promise<boolean> {
  const { ownership } = run;
  const wanted = await ownership.willBeWanted(seatId(seat));
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
  return wanted;
}
