// What a change of a roster comes to: pure functions from the state, the inputs and who holds seats, to the work to be
// done, and from what became of the work to the new state.
import type { SeatUser } from "../api/responses";
import { SeatsError } from "../model/errors";
import {
  addMembers,
  labelsOf,
  type Member,
  type Members,
  notAmong,
  sameMembers,
  someOf,
  without,
} from "../model/roster";
import type { Product } from "../model/seat";
import { UNKNOWN } from "./inputs";

export interface RosterInputs extends Product {
  readonly members: Members;
  /** Absent means false. */
  readonly exclusive?: boolean;
  /** Absent means "adopt". */
  readonly existing?: "adopt" | "reject";
  readonly maxRemovals?: number;
  /** The resource's URN, as the program tells it: the engine tells the provider none. */
  readonly __urn?: string;
  /**
   * The labels of those members whom a refresh of the exclusive roster has found. It begins with `__`, because Pulumi
   * shows users nothing of that name.
   */
  readonly __others?: readonly string[];
}

/** What the state holds. `members` are those who hold a seat. */
export interface RosterState extends RosterInputs {
  /** Of an exclusive roster, after a refresh: the labels of those members that it doesn't own. */
  readonly others?: readonly string[];
}

const REPLACING = ["productCode"] as const;

/** Whether the product is known: a preview may have to do without. */
export const isProductKnown = (product: Product) =>
  REPLACING.every((property) => product[property] !== UNKNOWN);

/** What differs between the state and the inputs; `replacing` are the properties for which the roster is replaced. */
export function rosterDiff(olds: RosterState, news: RosterInputs) {
  const replacing = REPLACING.filter((property) => olds[property] !== news[property]);
  const changed =
    replacing.length > 0 ||
    typeof news.members !== "object" ||
    !sameMembers(olds.members, news.members) ||
    // Whomever a refresh has found is to be removed, or becomes the roster's own.
    olds.others !== undefined ||
    Boolean(olds.exclusive) !== Boolean(news.exclusive) ||
    olds.existing !== news.existing ||
    olds.maxRemovals !== news.maxRemovals;
  return { changed, replacing };
}

/** A roster of the same product without members: what is there before a create and after a delete. */
export const emptyRoster = (roster: RosterInputs): RosterState => ({
  productCode: roster.productCode,
  ...(roster.__urn && { __urn: roster.__urn }),
  members: {},
});

export interface RosterPlan {
  /** Who leaves the roster, and is unassigned unless another resource declares the seat. */
  readonly leaving: readonly Member[];
  readonly assign: readonly Member[];
  /** Who holds a seat already. */
  readonly adopt: readonly Member[];
}

/** What a plan depends on besides the state and the inputs. */
export interface Facts {
  /** Whether a user holds a seat. */
  holds(userId: string): boolean;
  /** Whether this run has unassigned a user's seat before it knew that the roster wants it. */
  wasUnassigned(userId: string): boolean;
}

/** The work that leads from the state to the inputs. */
export function planRoster(olds: RosterState, news: RosterInputs, facts: Facts): RosterPlan {
  const joining = newcomers(olds, news, facts);
  return {
    leaving: leavers(olds, news, facts),
    assign: joining.filter(([, userId]) => !facts.holds(userId)),
    adopt: joining.filter(([, userId]) => facts.holds(userId)),
  };
}

/** The members whom the state doesn't hold as the roster's own. */
export function newcomers(
  olds: RosterState,
  news: RosterInputs,
  facts: Pick<Facts, "wasUnassigned">,
): Member[] {
  return notAmong(news.members, owned(olds, facts));
}

/** Whom the roster holds and the program no longer lists; of an exclusive roster the others too. */
function leavers(
  olds: RosterState,
  news: RosterInputs,
  facts: Pick<Facts, "wasUnassigned">,
): Member[] {
  return notAmong(news.exclusive === true ? olds.members : owned(olds, facts), news.members);
}

function owned(olds: RosterState, { wasUnassigned }: Pick<Facts, "wasUnassigned">): Members {
  const members = Object.entries(without(olds.members, olds.others));
  return Object.fromEntries(members.filter(([, userId]) => !wasUnassigned(userId)));
}

/** Whether the change is what makes the roster exclusive, as far as that is known. */
export const becomesExclusive = (olds: RosterState, news: RosterInputs) =>
  news.exclusive === true && !olds.exclusive;

/** Whoever holds a seat and is no member, by email. */
export function othersAmong(holders: readonly SeatUser[], members: Members): Member[] {
  const known = new Set(Object.values(members));
  return holders
    .filter(({ userId }) => !known.has(userId))
    .map(({ userId, email }) => [email ?? userId, userId]);
}

/** What can be told of a change before it begins. */
interface PreviewPlan {
  /** Who is new to the roster, with a seat or without. */
  readonly joining: readonly Member[];
  readonly leaving: readonly Member[];
  /** The labels of members whose users are not known yet. */
  readonly unknownLabels: readonly string[];
}

/**
 * The plan of a change by the state and the inputs alone; `undefined` while `members` as a whole is not known yet.
 *
 * @param leavesAll whether the change unassigns all seats of the state, because they are of another product or org
 */
export function previewPlan(
  olds: RosterState,
  news: RosterInputs,
  leavesAll: boolean,
): PreviewPlan | undefined {
  const { members } = news;
  if (typeof members !== "object") return undefined;
  const unknownLabels = Object.keys(members).filter((label) => members[label] === UNKNOWN);
  const known = { ...news, members: without(members, unknownLabels) };
  // A user who isn't known yet may turn out to be the one whom the label has named so far.
  const before = { ...olds, members: without(olds.members, unknownLabels) };
  // A preview unassigns nothing, and `maxRemovals` counts who is in the state.
  const facts = { wasUnassigned: () => false };
  return {
    joining: newcomers(leavesAll ? emptyRoster(news) : before, known, facts),
    leaving: leavers(before, leavesAll ? emptyRoster(news) : known, facts),
    unknownLabels,
  };
}

/**
 * Refuses a change by which too many would leave the roster, or all because the list of members has come out empty.
 *
 * @param leavesAll as in `previewPlan`
 * @throws SeatsError with the names
 */
export function checkRemovals(olds: RosterState, news: RosterInputs, leavesAll: boolean): void {
  const { members, maxRemovals } = news;
  const plan = previewPlan(olds, news, leavesAll);
  // What a preview doesn't know yet is checked in the `up`.
  if (!plan || typeof maxRemovals === "string") return;
  const { leaving } = plan;
  const isEmptied = Object.keys(members).length === 0;
  const max = maxRemovals ?? (isEmptied ? 0 : Number.POSITIVE_INFINITY);
  if (leaving.length <= max) return;
  const count = leaving.length === 1 ? "1 member" : `${leaving.length} members`;
  const removal = `remove ${count} from the roster of ${olds.productCode}`;
  const names = someOf(labelsOf(leaving));
  throw new SeatsError(
    maxRemovals === undefined
      ? `This change would ${removal} and leave none, which takes a \`maxRemovals\`: ${names}. If that is intended, set it to ${leaving.length} for this change, or remove the roster from the program.`
      : `This change would ${removal}, more than its \`maxRemovals\` of ${maxRemovals}: ${names}. If that is intended, raise it to ${leaving.length} for this change.`,
  );
}

/**
 * The state after a change.
 *
 * @param missing the labels of members who got no seat
 * @param staying leavers whom the roster still holds
 */
export function recordRoster(
  olds: RosterState,
  news: RosterInputs,
  missing: readonly string[],
  staying: readonly Member[],
): RosterState {
  const { all, labels } = addMembers(without(news.members, missing), staying);
  // The roster owns the members who stay; those of the others who stay are others still.
  const others = labels.filter((_, n) => olds.others?.includes(staying[n]?.[0] ?? ""));
  return { ...news, members: all, ...(others.length > 0 && { others }) };
}
