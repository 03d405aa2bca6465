// What a preview says of a roster that is created or changed: what the `up` will do with each member.
import { SeatsApiError } from "../api/errors";
import { SeatsError } from "../model/errors";
import { labelsOf, type Member } from "../model/roster";
import { seatId } from "../model/seat";
import { isHeld } from "../seats/listing";
import {
  becomesExclusive,
  isProductKnown,
  othersAmong,
  previewPlan,
  type RosterInputs,
  type RosterState,
} from "./rosterPlan";
import { inWords, othersInWords, rosterRejection } from "./rosterWords";
import type { Run } from "./run";
import { seatBefore } from "./seatBefore";

/**
 * Says on the roster's row who will be assigned, adopted and unassigned, and of a roster that becomes exclusive which
 * others lose their seats after a later refresh.
 *
 * @param leavesAll as in `previewPlan`
 * @throws SeatsError when the `up` would fail: for a seat that `existing: "reject"` refuses, and for keys that are wrong
 */
export async function previewRoster(
  run: Run,
  olds: RosterState,
  news: RosterInputs,
  leavesAll: boolean,
): Promise<void> {
  const plan = previewPlan(olds, news, leavesAll);
  if (!plan) return;
  const { joining, leaving, unknownLabels } = plan;
  const lookup = await lookUp(run, olds, news, joining);
  const { adopted = [], assigned = [], notKnown = [] } = lookup;
  if (adopted.length > 0 && news.existing === "reject") {
    throw new SeatsError(rosterRejection(news, labelsOf(adopted)));
  }
  const wanted = await Promise.all(
    leaving.map(([, userId]) => run.ownership.willBeWanted(seatId({ ...olds, userId }))),
  );
  const line = inWords([
    { sign: "+", outcome: "assigned", labels: labelsOf(assigned) },
    { sign: "+", outcome: "adopted", labels: labelsOf(adopted) },
    { sign: "+", outcome: "assigned, or adopted where held", labels: labelsOf(notKnown) },
    { sign: "+", outcome: "not known yet", labels: unknownLabels },
    { sign: "-", outcome: "unassigned", labels: labelsOf(leaving.filter((_, n) => !wanted[n])) },
    {
      sign: "-",
      outcome: "left in place, for another resource",
      labels: labelsOf(leaving.filter((_, n) => wanted[n])),
    },
  ]);
  const { others = [], problem } = lookup;
  const lines = [
    line,
    problem ?? "",
    others.length > 0 ? othersInWords(news, labelsOf(others)) : "",
  ];
  for (const text of lines) if (text !== "") await run.log(text, news.__urn);
}

interface RosterLookup {
  readonly assigned?: readonly Member[];
  readonly adopted?: readonly Member[];
  /** Who holds a seat and is no member. */
  readonly others?: readonly Member[];
  /** Of whom it is not known whether they hold a seat. */
  readonly notKnown?: readonly Member[];
  /** Why Datadog could not be asked. */
  readonly problem?: string;
}

/** Asks Datadog only when the answer makes a difference. */
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
    const seats = run.product(news);
    const others = findsOthers ? othersAmong(await seats.all(), news.members) : [];
    const lookups = await Promise.all(
      joining.map(([, userId]) => seatBefore(seats, { ...news, userId })),
    );
    return {
      assigned: joining.filter((_, n) => lookups[n] === "not held"),
      adopted: joining.filter((_, n) => isHeld(lookups[n] ?? "not known")),
      notKnown: joining.filter((_, n) => lookups[n] === "not known"),
      others,
    };
  } catch (error) {
    // With such keys the `up` fails too.
    if (!(error instanceof SeatsApiError) || error.outcome === "forbidden") throw error;
    return { notKnown: joining, problem: error.message };
  }
}
