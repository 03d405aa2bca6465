// What a preview says of a roster that is created or changed: what the `up` will do with each member.
import { SeatsApiError } from "../api/errors";
import { seatCount } from "../model/heldSeat";
import type { Member } from "../model/roster";
import type { Product } from "../model/seat";
import { isHeld, type Lookup } from "../seats/listing";
import { warnOfCode } from "./claim";
import { isListed } from "./mappedSeats";
import { lookUpMembers } from "./rosterLookup";
import { describeChanges, describeOthers, leaversBy, type MemberChange } from "./rosterMessages";
import {
  becomesExclusive,
  isProductKnown,
  type PreviewPlan,
  previewPlan,
  type RosterInputs,
  type RosterState,
} from "./rosterPlan";
import { strangers } from "./rosterRead";
import type { Run } from "./run";

/**
 * Says on the roster's row who will be assigned and adopted, who leaves, and of a roster that becomes exclusive which
 * others lose their seats after a later refresh. What becomes of the seat of somebody who leaves is said here only where the
 * ownership map lists it: else it stands on the row of whoever takes it, or goes with the member.
 *
 * @throws SeatsError when the `up` would fail: for a seat that is refused, and for keys that are wrong
 */
export async function previewRoster(
  run: Run,
  olds: RosterState,
  news: RosterInputs,
): Promise<void> {
  const plan = previewPlan(olds, news);
  if (!plan) return;
  const {
    joining,
    leaving,
    others = [],
    problem = "",
    count = "",
  } = await lookUp(run, olds, news, plan);
  const unknown = { sign: "+", outcome: "not known yet", members: plan.unknown } as const;
  // Whoever loses a seat is named before that.
  const removals = leaving.map((change) => ({ ...change, isInFull: true }) as const);
  const isReplaced = isProductKnown(news) && olds.productCode !== news.productCode;
  const lines = isReplaced
    ? [describeChanges(news, [...joining, unknown]), describeChanges(olds, removals)]
    : [describeChanges(news, [...joining, unknown, ...removals])];
  // The last line is the one that stays on the row.
  for (const text of [count, ...lines, problem, describeOthers(news, others)]) {
    if (text !== "") await run.log(text, news.__urn);
  }
}

interface RosterLookup {
  readonly joining: readonly MemberChange[];
  readonly leaving: readonly MemberChange[];
  /** Who holds a seat and is no member. */
  readonly others?: readonly Member[];
  /** How many seats the change makes of how many, where every page was read. */
  readonly count?: string;
  /** Why Datadog could not be asked. */
  readonly problem?: string;
}

/** Asks Datadog only when that makes a difference. */
async function lookUp(
  run: Run,
  olds: RosterState,
  news: RosterInputs,
  plan: PreviewPlan,
): Promise<RosterLookup> {
  const { joining, leaving } = plan;
  const unasked: RosterLookup = {
    joining: [{ sign: "+", outcome: "will be assigned, or adopted where held", members: joining }],
    leaving: [{ sign: "-", outcome: LEAVES, members: leaving }],
  };
  if (isProductKnown(news)) await warnOfCode(run, news);
  if (!run.mayLookUp || !isProductKnown(news)) return unasked;
  try {
    if (run.countsInPreview) await run.product(news).holders();
    const others = becomesExclusive(olds, news) ? await strangers(run, news) : [];
    const joiners = await describeJoiners(run, news, joining);
    if (joining.length > 0) await run.limit.check(news);
    return {
      joining: joiners,
      leaving: await describeLeavers(run, olds, leaving),
      others,
      count: await describeCount(run, olds, news, plan),
    };
  } catch (error) {
    // With such keys the `up` fails too.
    if (!(error instanceof SeatsApiError) || error.outcome === "forbidden") throw error;
    return { ...unasked, problem: error.message };
  }
}

async function describeJoiners(
  run: Run,
  news: RosterInputs,
  joining: readonly Member[],
): Promise<MemberChange[]> {
  const lookups = await lookUpMembers(run, news, joining);
  const those = (outcome: string, are: (lookup: Lookup) => boolean): MemberChange => ({
    sign: "+",
    outcome,
    members: joining.filter(([, userId]) => are(lookups.get(userId) ?? "not known")),
  });
  return [
    those("will be assigned", (lookup) => lookup === "not held"),
    those("will be adopted", isHeld),
    those("will be assigned, or adopted where held", (lookup) => lookup === "not known"),
  ];
}

const LEAVES = "leaves the roster";

/** Asks Datadog only where the ownership map lists users by email. */
async function describeLeavers(
  run: Run,
  { productCode }: Product,
  leaving: readonly Member[],
): Promise<MemberChange[]> {
  const mappings = await Promise.all(
    leaving.map(([, userId]) => run.mapped.find({ productCode, userId })),
  );
  const outcomes = mappings.map((mapping) =>
    isListed(mapping) ? `${LEAVES}; ${mapping.reason}` : LEAVES,
  );
  return leaversBy(outcomes, leaving);
}

/** What the change makes of the number of seats: a roster unassigns before it assigns. */
async function describeCount(
  run: Run,
  olds: RosterState,
  news: RosterInputs,
  { joining, leaving, unknown }: PreviewPlan,
): Promise<string> {
  const holders = run.product(news).holdersRead;
  if (!holders) return "";
  const more = joining.filter(([, userId]) => !holders.has(userId)).length;
  // Otherwise it would depend on what else the program declares.
  if (more === 0 && !run.countsInPreview) return "";
  const { productCode } = news;
  const isUnassigned = async ([, userId]: Member) =>
    holders.has(userId) && !(await run.stays({ productCode, userId }));
  // The old product's seats are not counted here.
  const released = olds.productCode === productCode ? leaving : [];
  const fewer = (await Promise.all(released.map(isUnassigned))).filter(Boolean).length;
  const rest = holders.count - fewer;
  const atLeast = unknown.length > 0 ? "at least " : "";
  return seatCount(productCode, holders.count, [
    ...(fewer > 0 ? [`${rest} when those who leave are unassigned`] : []),
    ...(more > 0
      ? [`${fewer > 0 ? "then " : ""}${atLeast}${rest + more} with those who join`]
      : []),
  ]);
}
