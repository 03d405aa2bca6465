// What a preview says of a roster that is created or changed: what the `up` will do with each member.
import { SeatsApiError } from "../api/errors";
import { SeatsError } from "../model/errors";
import type { Member } from "../model/roster";
import { isHeld, type Lookup } from "../seats/listing";
import { currentHolder } from "./claim";
import { describeChanges, describeOthers, rosterRejection } from "./rosterMessages";
import {
  becomesExclusive,
  isProductKnown,
  othersAmong,
  previewPlan,
  type RosterInputs,
  type RosterState,
} from "./rosterPlan";
import type { Run } from "./run";

/**
 * Says on the roster's row who will be assigned and adopted, who leaves, and of a roster that becomes exclusive which
 * others lose their seats after a later refresh. What becomes of the seat of somebody who leaves is not said here: it stands
 * on the row of whoever takes it, or goes with the member.
 *
 * @throws SeatsError when the `up` would fail: for a seat that `existing: "reject"` refuses, and for keys that are wrong
 */
export async function previewRoster(
  run: Run,
  olds: RosterState,
  news: RosterInputs,
): Promise<void> {
  const plan = previewPlan(olds, news);
  if (!plan) return;
  const { joining, leaving, unknown } = plan;
  const {
    adopted = [],
    assigned = [],
    notKnown = [],
    others = [],
    problem = "",
  } = await lookUp(run, olds, news, joining);
  if (adopted.length > 0 && news.existing === "reject") {
    throw new SeatsError(rosterRejection(news, adopted));
  }
  const line = describeChanges([
    { sign: "+", outcome: "will be assigned", members: assigned },
    { sign: "+", outcome: "will be adopted", members: adopted },
    { sign: "+", outcome: "will be assigned, or adopted where held", members: notKnown },
    { sign: "+", outcome: "not known yet", members: unknown },
    { sign: "-", outcome: "leaves the roster", members: leaving },
  ]);
  for (const text of [line, problem, describeOthers(news, others)]) {
    if (text !== "") await run.log(text, news.__urn);
  }
}

interface RosterLookup {
  readonly assigned?: readonly Member[];
  readonly adopted?: readonly Member[];
  /** Of whom it is not known whether they hold a seat. */
  readonly notKnown?: readonly Member[];
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
  joining: readonly Member[],
): Promise<RosterLookup> {
  const findsOthers = becomesExclusive(olds, news);
  if (joining.length === 0 && !findsOthers) return {};
  if (!run.mayLookUp || !isProductKnown(news)) return { notKnown: joining };
  try {
    const others = findsOthers ? othersAmong(await run.product(news).all(), news.members) : [];
    const lookups = await Promise.all(
      joining.map(([, userId]) => currentHolder(run, { ...news, userId })),
    );
    const those = (are: (lookup: Lookup) => boolean) =>
      joining.filter((_, n) => are(lookups[n] ?? "not known"));
    return {
      assigned: those((lookup) => lookup === "not held"),
      adopted: those(isHeld),
      notKnown: those((lookup) => lookup === "not known"),
      others,
    };
  } catch (error) {
    // With such keys the `up` fails too.
    if (!(error instanceof SeatsApiError) || error.outcome === "forbidden") throw error;
    return { notKnown: joining, problem: error.message };
  }
}
