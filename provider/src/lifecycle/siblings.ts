// What the provider processes of one run tell each other of what the program declares. Pulumi starts one for every provider
// of a program, and deletes a resource by the provider that it had before: so before a process unassigns a seat it asks the
// others, and keeps a seat that one of them declares at the same API.
//
// A user belongs to one org: the same API, product and user are the same seat, whatever the keys, which nobody is told.
// Whoever is about to unassign a seat says so when it is asked, and whoever declares one does. Each first takes note of that
// for itself and asks then: so at least one of two learns of the other, however their questions cross.
import { apiHost } from "../config/connection";
import { SeatsError } from "../model/errors";
import { type Seat, seatId } from "../model/seat";
import type { SeenProgram } from "../seats/ownership";
import { UNKNOWN } from "./inputs";
import type { Run } from "./run";

/** The other processes of the run: see engine/siblings.ts. */
export interface Siblings {
  /** Why this process and others can't ask each other. */
  readonly problem: Error | undefined;
  /** Lets the others ask this process. Resolves once they can, or when it is clear that they never will. */
  listen(answer: (question: unknown) => Promise<Answer>): Promise<void>;
  /**
   * Asks all others.
   *
   * @throws Error when one of them does not answer, or when it can't be told whether there are any
   */
  ask(question: Question): Promise<unknown[]>;
}

/**
 * About a seat:
 * - `declared`: does the program declare it?
 * - `owned`: does a resource of the program own it, or will it soon?
 * - `unassigned`: has this run unassigned it? The answer waits for a removal that goes on.
 */
interface Question {
  readonly about: "declared" | "owned" | "unassigned";
  readonly apiHost: string;
  readonly productCode: string;
  readonly userId: string;
  /** Of the resource that releases the seat. */
  readonly urn?: string | undefined;
}

/** As far as the process knows that was asked. */
interface Answer {
  readonly yes: boolean;
  readonly seen: SeenProgram;
}

/** Lets the other processes of the run ask this one, which must be configured. */
export async function meetSiblings(run: Run): Promise<void> {
  await run.siblings?.listen((question) => answer(run, question as Question));
}

async function answer(run: Run, question: Question): Promise<Answer> {
  const isHere = apiHost(run.connection()) === question.apiHost;
  const yes = isHere && (await isSo(run, question));
  return { yes, seen: run.ownership.seenProgram };
}

async function isSo(run: Run, { about, productCode, userId, urn }: Question): Promise<boolean> {
  const { ownership } = run;
  const seat = run.seatKey({ productCode, userId });
  switch (about) {
    case "declared":
      return ownership.willBeWanted(seat);
    case "owned":
      return ownership.isWanted(seat) && ownership.hasOwner(seat, urn);
    case "unassigned":
      return ownership.hasUnassigned(seat);
    default:
      // Of a later version of this package. Whoever asks keeps the seat.
      throw new SeatsError("it does not know the question");
  }
}

/**
 * Whether the program declares the seat, as far as any process of the run has seen: resolves when one knows that, or when
 * all have seen the whole program.
 *
 * @throws SeatsError when not all others can be asked: then the seat has to be kept
 */
export async function isDeclared(run: Run, seat: Seat): Promise<boolean> {
  const isHere = await run.ownership.willBeWanted(run.seatKey(seat));
  return isHere || askOthers(run, "declared", seat);
}

/**
 * Whether a resource of another process owns the seat, or will soon.
 *
 * @param urn of the resource that releases it
 * @throws SeatsError as `isDeclared`
 */
export const isOwnedElsewhere = (run: Run, seat: Seat, urn?: string) =>
  askOthers(run, "owned", seat, urn);

/**
 * Whether this run has unassigned the seat, in whichever process, before it knew that the program declares it; waits for a
 * removal that goes on. To be awaited before a declared seat is looked up: what was listed before then counts no more.
 */
export async function wasUnassigned(run: Run, seat: Seat): Promise<boolean> {
  const isKnown = seat.userId !== UNKNOWN && seat.productCode !== UNKNOWN;
  // A process that can't be asked unassigns nothing.
  if (isKnown && !run.siblings?.problem && (await askOthers(run, "unassigned", seat))) {
    run.ownership.unassigning(run.seatKey(seat));
    await run.product(seat).relist();
  }
  return run.ownership.wasUnassigned(run.seatKey(seat));
}

async function askOthers(
  run: Run,
  about: Question["about"],
  seat: Seat,
  urn?: string,
): Promise<boolean> {
  if (!run.siblings) return false;
  const { org, productCode, userId } = seat;
  const question = { about, apiHost: apiHost(run.connection(org)), productCode, userId, urn };
  try {
    const answers = (await run.siblings.ask(question)) as Answer[];
    for (const { seen } of answers) run.ownership.learn(seen);
    return answers.some(({ yes }) => yes);
  } catch (error) {
    const consequence = about === "unassigned" ? "Left" : "Kept";
    throw new SeatsError(
      `${consequence} the seat ${seatId(seat)} as it is: could not ask the other providers of this run about it, because ${(error as Error).message}. Run the command again.`,
    );
  }
}
