// What a preview says of a roster that is created or changed: what the `up` will do with each member.
import { SeatsApiError } from "../api/errors";
import { SeatsError } from "../model/errors";
import { type Member, type Members, without } from "../model/roster";
import { isHeld } from "../seats/listing";
import { UNKNOWN } from "./inputs";
import { leavers, newcomers, othersAmong, type RosterInputs, type RosterState } from "./rosterPlan";
import { inWords, othersInWords, rejection } from "./rosterWords";
import type { Run } from "./run";
import { isDeclared } from "./siblings";

/** Nothing of a preview is done by the run that it belongs to. */
const FACTS = { wasUnassigned: () => false };

/**
 * Says on the roster's row who will be assigned, adopted and unassigned, and of a roster that becomes exclusive which
 * others a later refresh takes the seats of.
 *
 * @param replaced whether all members of the state leave it, because the product or the org is another one
 * @throws SeatsError when the `up` would fail: for a seat that `existing: "reject"` refuses, and for keys that are wrong
 */
export async function previewRoster(
  run: Run,
  olds: RosterState,
  news: RosterInputs,
  replaced: boolean,
): Promise<void> {
  if (typeof news.members !== "object") return;
  const labelsOfUnknown = Object.keys(news.members).filter((label) => isUnknown(news, label));
  const known = { ...news, members: without(news.members, labelsOfUnknown) };
  // A value that isn't known yet may turn out to be whoever had the label.
  const before = { ...olds, members: without(olds.members, labelsOfUnknown) };
  const nobody = { ...news, members: {}, exclusive: false };
  const joining = newcomers(replaced ? nobody : before, known, FACTS);
  const leaving = leavers(before, replaced ? nobody : known, FACTS);
  const lookup = await lookUp(run, olds, known, joining);
  const { adopted = [], assigned = [], notKnown = [] } = lookup;
  if (adopted.length > 0 && news.existing === "reject") {
    throw new SeatsError(rejection(news, labels(adopted)));
  }
  const wanted = await Promise.all(
    leaving.map(([, userId]) => isDeclared(run, { ...olds, userId })),
  );
  const line = inWords([
    { sign: "+", outcome: "assigned", labels: labels(assigned) },
    { sign: "+", outcome: "adopted", labels: labels(adopted) },
    { sign: "+", outcome: "assigned, or adopted where held", labels: labels(notKnown) },
    { sign: "+", outcome: "not known yet", labels: labelsOfUnknown },
    { sign: "-", outcome: "unassigned", labels: labels(leaving.filter((_, n) => !wanted[n])) },
    {
      sign: "-",
      outcome: "left in place, for another resource",
      labels: labels(leaving.filter((_, n) => wanted[n])),
    },
  ]);
  const { others = [], problem } = lookup;
  const lines = [line, problem ?? "", others.length > 0 ? othersInWords(news, labels(others)) : ""];
  for (const text of lines) if (text !== "") await run.log(text, news.__urn);
}

interface Lookup {
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
): Promise<Lookup> {
  const becomesExclusive = news.exclusive === true && !olds.exclusive;
  if (joining.length === 0 && !becomesExclusive) return {};
  if (!run.mayLookUp) return { notKnown: joining };
  try {
    const seats = run.product(news);
    const others = becomesExclusive ? othersAmong(await seats.all(), news.members) : [];
    const lookups = await Promise.all(
      joining.map(([, userId]) => seats.lookUp(userId, news.existing)),
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

const labels = (members: readonly Member[]) => members.map(([label]) => label);

const isUnknown = ({ members }: { members: Members }, label: string) => members[label] === UNKNOWN;
