// How a resource releases seats: the rule is at the top of ownership.ts.
import { SeatsError } from "../model/errors";
import type { Seat } from "../model/seat";
import type { Result } from "../seats/writes";
import type { During } from "./ownership";
import type { Run } from "./run";

/** A seat that a resource could not release. */
export class KeptSeat extends SeatsError {
  constructor(
    { productCode, userId }: Seat,
    /** Why, and what to do. */
    readonly reason: string,
  ) {
    super(`Kept the ${productCode} seat of user ${userId}: ${reason}`);
  }
}

/** What became of a seat that was released. */
export type Released = "unassigned" | "left in place";

/** By the user's UUID. */
type Results<Result> = ReadonlyMap<string, Result | Error>;

/**
 * Unassigns seats, except those that the program wants: then nothing is sent, and they are to be left to their new owners.
 *
 * @param onSettled called after each
 */
export async function unassignUnwanted(
  run: Run,
  seats: readonly Seat[],
  during: During,
  onSettled = () => {},
): Promise<Results<"unassigned" | "wanted">> {
  const { ownership } = run;
  await ownership.awaitDeclaration(seats, during);
  return settled<"unassigned" | "wanted">(seats, async (seat) => {
    const result = await unassign(run, seat).finally(onSettled);
    if (result !== "kept") return "unassigned";
    if (ownership.isWanted(seat)) return "wanted";
    throw new KeptSeat(
      seat,
      "another resource failed in this run, so it is not known whether the program still declares the seat. Fix what failed, and run `pulumi up` again.",
    );
  });
}

async function unassign(run: Run, seat: Seat): Promise<Result> {
  try {
    return await run.product(seat).unassign(seat.userId);
  } catch (error) {
    // Otherwise a second try in this run, as Pulumi's hook `onError` makes it, would take the seat for unassigned.
    run.ownership.markHeld(seat);
    throw error;
  }
}

/** Leaves seats that the program wants to the resources that declare them; an error for those that nobody owns yet. */
async function leaveToOwners(
  run: Run,
  seats: readonly Seat[],
  during: During,
): Promise<Results<"left in place">> {
  if (seats.length > 0) await run.ownership.awaitOwners(seats, during);
  return settled<"left in place">(seats, async (seat) => {
    // When nothing but waiting is left, whoever has claimed a seat is recorded as well.
    if (run.ownership.isClaimed(seat)) return "left in place";
    throw new KeptSeat(
      seat,
      "the resource that declares it now does not own it yet. Fix what keeps that resource from being created, and run `pulumi up` again. If it is `--parallel` or the option `deleteBeforeReplace`, run once without it.",
    );
  });
}

/**
 * Releases the seats of a resource that is deleted.
 *
 * @throws SeatsError before anything is sent, when a seat that the program wants has no owner: Pulumi records no partial
 * result of a delete
 */
export async function releaseAll(run: Run, seats: readonly Seat[]): Promise<Results<Released>> {
  await run.ownership.awaitDeclaration(seats, "delete");
  const wanted = seats.filter(run.ownership.isWanted);
  const left = await leaveToOwners(run, wanted, "delete");
  for (const result of left.values()) if (result instanceof Error) throw result;
  const results = await unassignUnwanted(run, seats, "delete");
  return leavingWanted(run, seats, results, "delete");
}

/** The results of `unassignUnwanted`, with what becomes of the seats that the program wants. */
export async function leavingWanted(
  run: Run,
  seats: readonly Seat[],
  results: Results<"unassigned" | "wanted">,
  during: During,
): Promise<Results<Released>> {
  const wanted = seats.filter(({ userId }) => results.get(userId) === "wanted");
  const left = await leaveToOwners(run, wanted, during);
  return new Map([...results, ...left]) as Results<Released>;
}

/** Does all at once, so that the requests are batched. */
async function settled<Result>(
  seats: readonly Seat[],
  release: (seat: Seat) => Promise<Result>,
): Promise<Results<Result>> {
  const results = new Map<string, Result | Error>();
  await Promise.all(
    seats.map(async (seat) => {
      results.set(seat.userId, await release(seat).catch((error: Error) => error));
    }),
  );
  return results;
}
