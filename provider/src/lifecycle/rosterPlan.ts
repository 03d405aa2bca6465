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

/** Whether the product is known: a preview may have to do without. */
export const isProductKnown = ({ productCode }: Product) => productCode !== UNKNOWN;

/** Whether anything differs between the state and the inputs. */
export const differs = (olds: RosterState, news: RosterInputs) =>
  olds.productCode !== news.productCode ||
  typeof news.members !== "object" ||
  !sameMembers(olds.members, news.members) ||
  // Whomever a refresh has found is to be removed, or becomes the roster's own.
  olds.others !== undefined ||
  Boolean(olds.exclusive) !== Boolean(news.exclusive) ||
  olds.existing !== news.existing ||
  olds.maxRemovals !== news.maxRemovals;

/** A roster of the same product without members: what is there before a create and after a delete. */
export const emptyRoster = (roster: RosterInputs): RosterState => ({
  productCode: roster.productCode,
  ...(roster.__urn && { __urn: roster.__urn }),
  members: {},
});

export interface RosterPlan {
  /** Members whom the state doesn't hold as the roster's own: to be adopted or assigned a seat. */
  readonly joining: readonly Member[];
  /** Who leaves the roster; of an exclusive one, the others whom a refresh has found too. */
  readonly leaving: readonly Member[];
}

/**
 * The work that leads from the state to the inputs.
 *
 * @param wasUnassigned whether this run has unassigned a user's seat before it knew that the roster wants it
 */
export function planRoster(
  olds: RosterState,
  news: RosterInputs,
  wasUnassigned: (userId: string) => boolean = () => false,
): RosterPlan {
  const members = Object.entries(without(olds.members, olds.others));
  const own = Object.fromEntries(members.filter(([, userId]) => !wasUnassigned(userId)));
  return {
    joining: notAmong(news.members, own),
    leaving: notAmong(news.exclusive === true ? olds.members : own, news.members),
  };
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
export interface PreviewPlan extends RosterPlan {
  /** The labels of members whose users are not known yet. */
  readonly unknown: readonly Member[];
}

/**
 * The plan of a change by the state and the inputs alone; `undefined` while `members` as a whole is not known yet.
 * `maxRemovals` counts by it too.
 */
export function previewPlan(olds: RosterState, news: RosterInputs): PreviewPlan | undefined {
  if (typeof news.members !== "object") return undefined;
  const unknown = Object.entries(news.members).filter(([, userId]) => userId === UNKNOWN);
  const labels = labelsOf(unknown);
  const known = { ...news, members: without(news.members, labels) };
  // A user who isn't known yet may turn out to be the one whom the label has named so far.
  const before = { ...olds, members: without(olds.members, labels) };
  if (!isProductKnown(news) || olds.productCode === news.productCode) {
    return { ...planRoster(before, known), unknown };
  }
  const { joining } = planRoster(emptyRoster(news), known);
  const { leaving } = planRoster(before, emptyRoster(olds));
  return { joining, leaving, unknown };
}

/**
 * Refuses a change by which too many would leave the roster, or all because the list of members has come out empty.
 *
 * @throws SeatsError with the names
 */
export function checkRemovals(olds: RosterState, news: RosterInputs): void {
  const { members, maxRemovals } = news;
  const plan = previewPlan(olds, news);
  // What a preview doesn't know yet is checked in the `up`.
  if (!plan || typeof maxRemovals === "string") return;
  const { leaving } = plan;
  const isEmptied = Object.keys(members).length === 0;
  const max = maxRemovals ?? (isEmptied ? 0 : Number.POSITIVE_INFINITY);
  if (leaving.length <= max) return;
  const count = leaving.length === 1 ? "1 member" : `${leaving.length} members`;
  const removal = `remove ${count} from the ${olds.productCode} roster`;
  const names = someOf(labelsOf(leaving));
  throw new SeatsError(
    maxRemovals === undefined
      ? `This change would ${removal} and leave none, which needs a \`maxRemovals\`: ${names}. If that is intended, set it to ${leaving.length} for this change, or remove the roster from the program.`
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
