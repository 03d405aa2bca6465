// Carries out the plan of a roster's change, and records what became of it.
import { SeatsApiError } from "../api/errors";
import { SeatsError } from "../model/errors";
import { labelsOf, type Member, someOf } from "../model/roster";
import { type Product, rosterId, seatId } from "../model/seat";
import { isHeld } from "../seats/listing";
import { refusalWords } from "../seats/splitting";
import type { Result } from "../seats/writes";
import { Progress } from "./progress";
import { hasOwner, type Release, unassignUnwanted } from "./release";
import {
  newcomers,
  planRoster,
  type RosterInputs,
  type RosterPlan,
  type RosterState,
  recordRoster,
} from "./rosterPlan";
import { inWords, rosterRejection } from "./rosterWords";
import type { Run } from "./run";
import { seatBefore } from "./seatBefore";

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

interface Change {
  readonly run: Run;
  readonly olds: RosterState;
  readonly news: RosterInputs;
  readonly release: Release;
}

/** What became of each member whose seat was to change, by label. */
interface Results {
  readonly removals: ReadonlyMap<string, "unassigned" | "wanted" | Error>;
  readonly assignments: ReadonlyMap<string, Result | Error>;
}

/**
 * Makes the seats what `news` wants, starting from what the state `olds` tells: removals first, so that their seats are
 * free for others, then the newcomers.
 *
 * @returns the new state, which may still hold members who are another resource's from the next run on
 * @throws PartialChange when some was done and some not; SeatsError when nothing was
 */
export async function changeRoster(
  run: Run,
  olds: RosterState,
  news: RosterInputs,
  release: Release = "update",
): Promise<RosterState> {
  const change = { run, olds, news, release };
  const plan = await makePlan(change);
  const results = await apply(change, plan);
  const done = describe(plan, results);
  if (done !== "") await run.log(done, news.__urn);
  return record(change, plan, results);
}

/** @throws SeatsError when `existing: "reject"` refuses the change */
async function makePlan({ run, olds, news }: Change): Promise<RosterPlan> {
  const seats = run.product(news);
  const wasUnassigned = (userId: string) =>
    run.ownership.wasUnassigned(seatId({ ...news, userId }));
  const held = new Set<string>();
  await Promise.all(
    newcomers(olds, news, { wasUnassigned }).map(async ([, userId]) => {
      if (isHeld(await seatBefore(seats, { ...news, userId }))) held.add(userId);
    }),
  );
  const plan = planRoster(olds, news, { wasUnassigned, holds: (userId) => held.has(userId) });
  if (plan.adopt.length > 0 && news.existing === "reject") {
    throw new SeatsError(rosterRejection(news, labelsOf(plan.adopt)));
  }
  return plan;
}

async function apply({ run, olds, news, release }: Change, plan: RosterPlan): Promise<Results> {
  const seats = run.product(news);
  const removals = await forEach(run, "unassigned", plan.leaving, ([, userId]) =>
    unassignUnwanted(run, { ...olds, userId, releasing: olds.__urn }, release),
  );
  const assignments = await forEach(run, "assigned", plan.assign, async ([, userId]) => {
    const result = await seats.assign(userId);
    if (result === "already" && news.existing === "reject") {
      throw new SeatsError("already holds a seat.");
    }
    return result;
  });
  return { removals, assignments };
}

/** What was done, in words. */
function describe(plan: RosterPlan, { removals, assignments }: Results): string {
  const assigned = withResult(plan.assign, assignments, "done");
  const adopted = [...plan.adopt, ...withResult(plan.assign, assignments, "already")];
  const unassigned = withResult(plan.leaving, removals, "unassigned");
  return inWords([
    { sign: "+", outcome: "assigned", labels: labelsOf(assigned) },
    { sign: "+", outcome: "adopted", labels: labelsOf(adopted) },
    { sign: "-", outcome: "unassigned", labels: labelsOf(unassigned) },
  ]);
}

/**
 * Records who owns which seat now.
 *
 * @returns the new state
 * @throws as `changeRoster`
 */
async function record(
  { run, olds, news }: Change,
  plan: RosterPlan,
  { removals, assignments }: Results,
): Promise<RosterState> {
  const stuck = failuresOf(removals);
  const refused = failuresOf(assignments);
  // Not before all writes are through: whoever releases these seats relies on this roster's state to hold them.
  for (const [label, userId] of Object.entries(news.members)) {
    if (!refused.has(label)) run.ownership.own(seatId({ ...news, userId }));
  }
  const wanted = withResult(plan.leaving, removals, "wanted");
  const ownerless = await handOver(run, olds, wanted, news.__urn);
  const staying = plan.leaving.filter(
    (member) => stuck.has(member[0]) || ownerless.includes(member),
  );
  const state = recordRoster(olds, news, [...refused.keys()], staying);
  if (stuck.size + refused.size === 0) return state;

  const reasons = [...causes(stuck), ...causes(refused)];
  const changes = plan.leaving.length + plan.assign.length;
  const product = news.productCode;
  const message = `${stuck.size + refused.size} of ${changes} changes to the seats of ${product} failed. ${reasons.join(" ")}`;
  const nothingDone = stuck.size + refused.size === changes && plan.adopt.length === 0;
  if (nothingDone) throw new SeatsError(message);
  throw new PartialChange(message, news, state, reasons);
}

/** The members with that result. */
const withResult = (
  members: readonly Member[],
  results: ReadonlyMap<string, unknown>,
  result: string,
): Member[] => members.filter(([label]) => results.get(label) === result);

/** Leaves seats to the resources that declare them now. Returns the members whom no other resource owns yet. */
async function handOver(
  run: Run,
  product: Product,
  members: readonly Member[],
  urn?: string,
): Promise<Member[]> {
  const owners = await Promise.all(
    members.map(([, userId]) => hasOwner(run, { ...product, userId })),
  );
  const kept = members.filter((_, n) => !owners[n]);
  const left = members.filter((_, n) => owners[n]);
  const seats = `the seats of ${product.productCode} of`;
  if (left.length > 0) {
    await run.log(
      `Left ${seats} ${someOf(labelsOf(left))} in place: other resources of this program declare them.`,
      urn,
    );
  }
  if (kept.length > 0) {
    await run.log(
      `Kept ${seats} ${someOf(labelsOf(kept))}: the resources that declare them now don't own them yet. Once they do, the next \`pulumi up\` leaves the seats to them.`,
      urn,
    );
  }
  return kept;
}

/** Does all at once, so that the requests are batched; returns what became of each, by label. */
async function forEach<Result>(
  run: Run,
  verb: string,
  members: readonly Member[],
  write: (member: Member) => Promise<Result>,
): Promise<Map<string, Result | Error>> {
  const progress = new Progress((line) => void run.log(line), verb, members.length);
  const results = new Map<string, Result | Error>();
  await Promise.all(
    members.map(async (member) => {
      results.set(member[0], await write(member).catch((error: Error) => error));
      progress.step();
    }),
  );
  return results;
}

function failuresOf(results: ReadonlyMap<string, unknown>): Map<string, Error> {
  const failed = [...results].filter(
    (entry): entry is [string, Error] => entry[1] instanceof Error,
  );
  return new Map(failed);
}

/** One sentence for each cause, with the labels of those whom it affected. */
function causes(failures: ReadonlyMap<string, Error>): string[] {
  const byCause = new Map<string, [string, Error][]>();
  for (const failure of failures) {
    const [, error] = failure;
    const cause = error instanceof SeatsApiError ? refusalWords(error) : error.message;
    const affected = byCause.get(cause) ?? [];
    affected.push(failure);
    byCause.set(cause, affected);
  }
  return [...byCause.values()].map((affected) => {
    const [, first] = affected[0] as [string, Error];
    const userIds = affected.flatMap(([, error]) =>
      error instanceof SeatsApiError ? error.call.userIds : [],
    );
    const { message } = first instanceof SeatsApiError ? first.forUsers(userIds) : first;
    return `${someOf(affected.map(([label]) => label))}: ${message}`;
  });
}
