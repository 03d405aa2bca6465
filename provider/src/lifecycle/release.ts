// How a resource releases seats: the rule is at the top of ownership.ts.
import { SeatsError } from "../model/errors";
import type { Seat } from "../model/seat";
import type { Result } from "../seats/writes";
import { isListed } from "./mappedSeats";
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
export type Released = "unassigned" | LeftInPlace;

interface LeftInPlace {
  /** What the ownership map says, such as "seats.json lists it under platform"; absent where another resource owns the seat. */
  readonly reason?: string;
}

/** By the user's UUID. */
type Results<Result> = ReadonlyMap<string, Result | Error>;

/**
 * Finds out what the ownership map says of seats that are to be released.
 *
 * @throws ConfigurationError; SeatsApiError when Datadog can't be asked whose email the map lists
 */
async function mapSeats(run: Run, seats: readonly Seat[]): Promise<void> {
  const { ownership, mapped } = run;
  await Promise.all(
    seats.map(async (seat) => {
      if (!ownership.mappingOf(seat)) ownership.map(seat, await mapped.find(seat));
    }),
  );
  if (mapped.knowsStack || !seats.some((seat) => isListed(ownership.mappingOf(seat)))) return;
  await run.logOnce(
    "This run is not told which stack it is of, so it leaves every seat in place that the ownership map lists. To have seats of this stack unassigned, first write the map without this stack.",
    "WARNING",
  );
}

/**
 * Unassigns seats, except those that are wanted: then nothing is sent, and they are to be left to their new owners.
 *
 * @param onSettled called after each
 * @throws SeatsError before anything is sent, when it can't be told which stack owns the seats
 */
export async function unassignUnwanted(
  run: Run,
  seats: readonly Seat[],
  during: During,
  onSettled = () => {},
): Promise<Results<Released | "wanted">> {
  const { ownership } = run;
  await mapSeats(run, seats);
  await ownership.awaitDeclaration(seats, during);
  return settled<Released | "wanted">(seats, async (seat) => {
    const result = await unassign(run, seat).finally(onSettled);
    if (result !== "kept") return "unassigned";
    if (ownership.isWanted(seat)) return "wanted";
    const mapping = ownership.mappingOf(seat);
    if (isListed(mapping)) return mapping;
    throw new KeptSeat(
      seat,
      "another resource failed in this run, so it is not known whether the program still declares the seat. Fix what failed, and run `pulumi up` again.",
    );
  });
}

async function unassign(run: Run, seat: Seat): Promise<Result> {
  const { ownership } = run;
  // Whoever assigns this seat from now on may be a stack under which the map lists it.
  if (ownership.mappingOf(seat) === "not held")
    return ownership.mayUnassign(seat) ? "done" : "kept";
  try {
    return await run.product(seat).unassign(seat.userId);
  } catch (error) {
    // Otherwise a second try in this run, as Pulumi's hook `onError` makes it, would take the seat for unassigned.
    ownership.markHeld(seat);
    throw error;
  }
}

/** Leaves wanted seats to the resources that declare them; an error for those that nobody owns yet. */
async function leaveToOwners(
  { ownership }: Run,
  seats: readonly Seat[],
  during: During,
): Promise<Results<LeftInPlace>> {
  if (seats.length > 0) await ownership.awaitOwners(seats, during);
  return settled<LeftInPlace>(seats, async (seat) => {
    // When nothing but waiting is left, whoever has claimed a seat is recorded as well.
    if (ownership.isClaimed(seat)) return {};
    const mapping = ownership.mappingOf(seat);
    if (!ownership.isDeclared(seat) && isListed(mapping)) {
      throw new KeptSeat(
        seat,
        `${mapping.reason}, which is this stack, but no resource of this run owns it. If the map is out of date, write it anew: for a \`pulumi destroy\`, without this stack. If this run saw a part of the program only, run \`pulumi up\` as a whole.`,
      );
    }
    throw new KeptSeat(
      seat,
      "the resource that declares it now does not own it yet. Fix what keeps that resource from being created, and run `pulumi up` again. If it is `--parallel` or the option `deleteBeforeReplace`, run once without it.",
    );
  });
}

/**
 * Releases the seats of a resource that is deleted.
 *
 * @throws SeatsError before anything is sent, when a wanted seat has no owner: Pulumi records no partial
 * result of a delete
 */
export async function releaseAll(run: Run, seats: readonly Seat[]): Promise<Results<Released>> {
  await mapSeats(run, seats);
  await run.ownership.awaitDeclaration(seats, "delete");
  const wanted = seats.filter(run.ownership.isWanted);
  const left = await leaveToOwners(run, wanted, "delete");
  for (const result of left.values()) if (result instanceof Error) throw result;
  const results = await unassignUnwanted(run, seats, "delete");
  return leavingWanted(run, seats, results, "delete");
}

/** The results of `unassignUnwanted`, with what becomes of wanted seats. */
export async function leavingWanted(
  run: Run,
  seats: readonly Seat[],
  results: Results<Released | "wanted">,
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
