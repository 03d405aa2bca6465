// What Datadog holds of a roster. Those whom a refresh of an exclusive roster has found besides its members, the others, are
// among the members of its state and inputs until the program says otherwise.
import type { dynamic } from "@pulumi/pulumi";
import { SeatsError } from "../model/errors";
import { addMembers, labelsOf, type Member, notAmong, without } from "../model/roster";
import { aSeat, productOfRosterId, rosterId } from "../model/seat";
import { describeChanges } from "./rosterMessages";
import { othersAmong, type RosterInputs, type RosterState } from "./rosterPlan";
import type { Run } from "./run";

/** Those members who still hold their seats, and the others. Of an id alone, as for an import, everybody who holds a seat. */
export async function readRoster(
  run: Run,
  id: string,
  state: Partial<RosterState>,
): Promise<dynamic.ReadResult> {
  const { productCode, members, others, __others, ...settings } = state;
  if (productCode === undefined || members === undefined) return readHolders(run, id);
  const known = without(members, others);
  const holders = await run.product({ productCode }).allForRead(Object.values(known));
  const ids = new Set(holders.map(({ userId }) => userId));
  const own = Object.fromEntries(Object.entries(known).filter(([, userId]) => ids.has(userId)));
  const found = state.exclusive
    ? othersAmong(run.mapped.notListed({ productCode }, holders), own)
    : [];
  const { all, labels } = addMembers(own, found);
  // Those whom an earlier refresh has found are in the state already.
  const inState = new Set(Object.values(members));
  const newcomers = found.filter(([, userId]) => !inState.has(userId));
  const line = describeChanges({ productCode }, [
    { sign: "-", outcome: "holds no seat any more", members: notAmong(known, own), isInFull: true },
    { sign: "+", outcome: "holds a seat, and is no member", members: newcomers, isInFull: true },
  ]);
  if (line !== "") await run.log(line, state.__urn);
  const inputs: RosterInputs = { productCode, members: all, ...settings };
  if (labels.length === 0) return { id, inputs, props: inputs };
  return {
    id,
    inputs: { ...inputs, __others: labels },
    props: { ...inputs, others: labels },
  };
}

/** Who holds a seat and is no member of an exclusive roster; whoever the ownership map lists belongs to some stack. */
export async function strangers(run: Run, roster: RosterInputs): Promise<Member[]> {
  const holders = await run.product(roster).all();
  return othersAmong(run.mapped.notListed(roster, holders), roster.members);
}

async function readHolders(run: Run, id: string): Promise<dynamic.ReadResult> {
  const product = productOfRosterId(id);
  if (!product) {
    throw new SeatsError(
      `${JSON.stringify(id)} is not the id of a roster. Expected one such as "on_call/roster": productCode/roster.`,
    );
  }
  const holders = othersAmong(await run.product(product).all(), {});
  if (holders.length === 0) {
    throw new SeatsError(`Nobody holds ${aSeat(product.productCode)}.`);
  }
  const inputs = { ...product, members: addMembers({}, holders).all };
  return { id: rosterId(product), inputs, props: inputs };
}

/**
 * The inputs of a roster that is exclusive no more, with the others: they stay as they are, so no preview may show them as
 * members who leave.
 */
export function keepOthers(olds: RosterInputs | undefined, news: RosterInputs): RosterInputs {
  const staysOrUnknown = (news.exclusive ?? false) !== false;
  if (!olds?.exclusive || staysOrUnknown || typeof news.members !== "object") return news;
  const labels = olds.__others ?? [];
  const found = Object.fromEntries(labels.map((label) => [label, olds.members[label] ?? ""]));
  const others = notAmong(found, news.members).filter(([label]) => !(label in news.members));
  if (others.length === 0) return news;
  return {
    ...news,
    members: { ...news.members, ...Object.fromEntries(others) },
    __others: labelsOf(others),
  };
}

/** What the program declares. */
export function withoutOthers({ __others, ...inputs }: RosterInputs): RosterInputs {
  if (__others === undefined) return inputs;
  return { ...inputs, members: without(inputs.members, __others) };
}
