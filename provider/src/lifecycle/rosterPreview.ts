// What a preview says of a roster that is created or changed: what the `up` will do with each member.
import { SeatsApiError } from "../api/errors";
import type { Member } from "../model/roster";
import type { Product } from "../model/seat";
import { isHeld, type Lookup } from "../seats/listing";
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
  const { joining, leaving, others = [], problem = "" } = await lookUp(run, olds, news, plan);
  const unknown = { sign: "+", outcome: "not known yet", members: plan.unknown } as const;
  // Whoever loses a seat is named before that.
  const removals = leaving.map((change) => ({ ...change, isInFull: true }) as const);
  const isReplaced = isProductKnown(news) && olds.productCode !== news.productCode;
  const lines = isReplaced
    ? [describeChanges(news, [...joining, unknown]), describeChanges(olds, removals)]
    : [describeChanges(news, [...joining, unknown, ...removals])];
  for (const text of [...lines, problem, describeOthers(news, others)]) {
    if (text !== "") await run.log(text, news.__urn);
  }
}

interface RosterLookup {
  readonly joining: readonly MemberChange[];
  readonly leaving: readonly MemberChange[];
  /** Who holds a seat and is no member. */
  readonly others?: readonly Member[];
  /** Why Datadog could not be asked. */
  readonly problem?: string;
}

/** Asks Datadog only when that makes a difference. */
async function lookUp(
  run: Run,
  olds: RosterState,
  news: RosterInputs,
  { joining, leaving }: PreviewPlan,
): Promise<RosterLookup> {
  const unasked: RosterLookup = {
    joining: [{ sign: "+", outcome: "will be assigned, or adopted where held", members: joining }],
    leaving: [{ sign: "-", outcome: LEAVES, members: leaving }],
  };
  if (!run.mayLookUp || !isProductKnown(news)) return unasked;
  try {
    const others = becomesExclusive(olds, news) ? await strangers(run, news) : [];
    return {
      joining: await describeJoiners(run, news, joining),
      leaving: await describeLeavers(run, olds, leaving),
      others,
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
