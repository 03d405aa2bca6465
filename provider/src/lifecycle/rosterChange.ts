// Carries out the plan of a roster's change, and records what became of it.
import { causeOf, SeatsApiError } from "../api/errors";
import { SeatsError } from "../model/errors";
import { labelsOf, type Member, someOf } from "../model/roster";
import { type Product, rosterId, type Seat } from "../model/seat";
import { isHeld, type Lookup } from "../seats/listing";
import { type ClaimedSeat, claimSeat } from "./claim";
import { KeptSeat, leavingWanted, type Released, releaseAll, unassignUnwanted } from "./release";
import { lookUpMembers } from "./rosterLookup";
import { describeChanges, leaversBy } from "./rosterMessages";
import {
  emptyRoster,
  planRoster,
  type RosterInputs,
  type RosterState,
  recordRoster,
} from "./rosterPlan";
import type { Run } from "./run";

/** A change that was done in part. Pulumi records `properties`, and treats the resource as not fully created. */
export class PartialChange extends SeatsError {
  readonly id: string;
  constructor(
    message: string,
    product: Product,
    readonly properties: RosterState,
    readonly reasons: readonly string[],
  ) {
    super(message);
    this.id = rosterId(product);
  }
}

/** What became of each user whose seat was to change, by UUID. */
type Results<Result> = ReadonlyMap<string, Result | Error>;

/**
 * Makes the seats what `news` wants, starting from what the state `olds` tells: removals first, so that their seats are
 * free for others, then who joins.
 *
 * @returns the new state
 * @throws PartialChange when some was done and some not; SeatsError when nothing was
 */
export async function changeRoster(
  run: Run,
  olds: RosterState,
  news: RosterInputs,
): Promise<RosterState> {
  const { ownership } = run;
  const seatOf = (userId: string): Seat => ({ productCode: news.productCode, userId });
  const plan = planRoster(olds, news, (userId) => ownership.wasUnassigned(seatOf(userId)));
  const lookups = await lookUpMembers(run, news, plan.joining);
  const leaving = plan.leaving.map(([, userId]) => seatOf(userId));
  if (![...lookups.values()].every(isHeld)) await run.limit.check(news);

  const removals = new Progress(run, "unassigned", leaving.length);
  const unassigned = await unassignUnwanted(run, leaving, "update", () => removals.step());
  const claimed = await claimAll(run, news, lookups);
  const held = Object.values(news.members)
    .filter((userId) => !(claimed.get(userId) instanceof Error))
    .map(seatOf);
  for (const seat of held) ownership.markClaimed(seat);
  const released = await leavingWanted(run, leaving, unassigned, "update");
  // Not before: whoever releases these seats relies on the engine's record of this roster to have them.
  for (const seat of held) ownership.own(seat);

  const line = describeResults(news, plan.joining, claimed, plan.leaving, released);
  if (line !== "") await run.log(line, news.__urn);
  const failed = (results: Results<unknown>) => (member: Member) =>
    results.get(member[1]) instanceof Error;
  const missing = plan.joining.filter(failed(claimed));
  const staying = plan.leaving.filter(failed(released));
  const state = recordRoster(olds, news, labelsOf(missing), staying);
  const failures = missing.length + staying.length;
  if (failures === 0) return state;
  const reasons = [...causes(plan.leaving, released), ...causes(plan.joining, claimed)];
  const toDo = plan.leaving.length + plan.joining.length;
  const message = failureMessage(news, failures, toDo, reasons);
  if (failures === toDo) throw new SeatsError(message);
  throw new PartialChange(message, news, state, reasons);
}

/** Releases the seats of a roster that is deleted. */
export async function deleteRoster(run: Run, state: RosterState): Promise<void> {
  const { productCode } = state;
  const { leaving } = planRoster(state, emptyRoster(state));
  const seats = leaving.map(([, userId]) => ({ productCode, userId }));
  const released = await releaseAll(run, seats);
  const line = describeResults(state, [], new Map(), leaving, released);
  if (line !== "") await run.log(line, state.__urn);
  const failures = leaving.filter(([, userId]) => released.get(userId) instanceof Error);
  if (failures.length === 0) return;
  const reasons = causes(leaving, released);
  throw new SeatsError(failureMessage(state, failures.length, leaving.length, reasons));
}

/** Claims all at once, so that the requests are batched. */
async function claimAll(
  run: Run,
  { productCode, existing }: RosterInputs,
  lookups: ReadonlyMap<string, Lookup>,
): Promise<Results<ClaimedSeat>> {
  const progress = new Progress(run, "assigned", lookups.size);
  const results = new Map<string, ClaimedSeat | Error>();
  await Promise.all(
    [...lookups].map(async ([userId, lookup]) => {
      const claim = { productCode, userId, existing };
      results.set(userId, await claimSeat(run, claim, lookup).catch((error: Error) => error));
      progress.step();
    }),
  );
  return results;
}

function describeResults(
  product: Product,
  joining: readonly Member[],
  claimed: Results<ClaimedSeat>,
  leaving: readonly Member[],
  released: Results<Released>,
): string {
  const joined = (isAdopted: boolean) =>
    joining.filter(([, userId]) => {
      const result = claimed.get(userId);
      return result && !(result instanceof Error) && (result.isAdopted ?? false) === isAdopted;
    });
  const outcomes = leaving.map(([, userId]) => outcomeOf(released.get(userId)));
  return describeChanges(product, [
    { sign: "+", outcome: "assigned", members: joined(false) },
    { sign: "+", outcome: "adopted", members: joined(true) },
    // Who was unassigned comes first.
    ...leaversBy(outcomes, leaving).sort((one, other) => (one.outcome < other.outcome ? 1 : -1)),
  ]);
}

/** Of a seat that could not be released, the error tells. */
function outcomeOf(released: Released | Error | undefined): string | undefined {
  if (released === undefined || released instanceof Error) return undefined;
  if (released === "unassigned") return released;
  return released.reason === undefined ? "left in place" : `left in place: ${released.reason}`;
}

const failureMessage = (
  { productCode }: Product,
  failures: number,
  toDo: number,
  reasons: readonly string[],
) => `${failures} of ${toDo} changes to the ${productCode} seats failed. ${reasons.join(" ")}`;

/** One sentence for each cause, with the labels of those whom it affected. */
function causes(members: readonly Member[], results: Results<unknown>): string[] {
  const byCause = new Map<string, [label: string, error: Error][]>();
  for (const [label, userId] of members) {
    const error = results.get(userId);
    if (!(error instanceof Error)) continue;
    const cause = error instanceof SeatsApiError ? causeOf(error) : messageOf([error]);
    byCause.set(cause, [...(byCause.get(cause) ?? []), [label, error]]);
  }
  return [...byCause.values()].map((affected) => {
    const labels = affected.map(([label]) => label);
    return `${someOf(labels)}: ${messageOf(affected.map(([, error]) => error))}`;
  });
}

/** The message of errors that have one cause, about all of them. */
function messageOf(errors: readonly Error[]): string {
  const [first] = errors as [Error];
  if (first instanceof KeptSeat) return `Kept in the roster: ${first.reason}`;
  if (!(first instanceof SeatsApiError)) return first.message;
  const userIds = errors.flatMap((error) =>
    error instanceof SeatsApiError ? error.call.userIds : [],
  );
  return first.forUsers(userIds).message;
}

const EVERY_MS = 5000;

/** Logs how far a long change has got, every few seconds. */
class Progress {
  private done = 0;
  private lastLogged = Date.now();

  /** @param verb in the past tense, such as "assigned" */
  constructor(
    private readonly run: Run,
    private readonly verb: string,
    private readonly total: number,
  ) {}

  step(): void {
    this.done += 1;
    if (Date.now() - this.lastLogged < EVERY_MS || this.done === this.total) return;
    this.lastLogged = Date.now();
    const [done, total] = [this.done, this.total].map((count) => count.toLocaleString("en-US"));
    void this.run.log(`${this.verb} ${done} of ${total}`);
  }
}
