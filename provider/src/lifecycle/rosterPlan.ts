// What a change of a roster comes to: pure functions from the state, the inputs and who holds seats, to the work to be
// done, and from what became of the work to the new state.
import type { SeatUser } from "../api/responses";
import { SeatsError } from "../model/errors";
import { type Member, type Members, notAmong, someOf, withOthers, without } from "../model/roster";
import { inOrg, type Product } from "../model/seat";
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

export interface RosterPlan {
  /** Who leaves the roster, and is unassigned unless another resource declares the seat. */
  readonly leaving: readonly Member[];
  readonly assign: readonly Member[];
  /** Who holds a seat already. */
  readonly adopt: readonly Member[];
}

/** What the plan has to know of the world. */
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

/** Whom the roster holds and the program no longer lists; of an exclusive roster strangers too. */
export function leavers(
  olds: RosterState,
  news: RosterInputs,
  facts: Pick<Facts, "wasUnassigned">,
): Member[] {
  return notAmong(news.exclusive ? olds.members : owned(olds, facts), news.members);
}

function owned(olds: RosterState, { wasUnassigned }: Pick<Facts, "wasUnassigned">): Members {
  const members = Object.entries(without(olds.members, olds.others));
  return Object.fromEntries(members.filter(([, userId]) => !wasUnassigned(userId)));
}

/** Whoever holds a seat and is no member, by email. */
export function othersAmong(holders: readonly SeatUser[], members: Members): Member[] {
  const known = new Set(Object.values(members));
  return holders
    .filter(({ userId }) => !known.has(userId))
    .map(({ userId, email }) => [email ?? userId, userId]);
}

/**
 * Refuses a change by which too many would leave the roster, or all because the list of members has come out empty.
 *
 * @param replaced whether the change unassigns all seats of the state, because they are of another product or org
 * @throws SeatsError with the names
 */
export function checkRemovals(olds: RosterState, news: RosterInputs, replaced: boolean): void {
  const { members, maxRemovals } = news;
  // A value that isn't known yet may turn out to be whoever had the label.
  if (typeof members !== "object") return;
  const unknown = Object.keys(members).filter((label) => members[label] === UNKNOWN);
  const known = { ...olds, members: without(olds.members, unknown) };
  const nobody = { ...news, members: {}, exclusive: false };
  const leaving = leavers(known, replaced ? nobody : news, { wasUnassigned: () => false });
  const emptied = Object.keys(members).length === 0;
  const max = maxRemovals ?? (emptied ? 0 : Number.POSITIVE_INFINITY);
  if (leaving.length <= max) return;
  const count = leaving.length === 1 ? "1 member" : `${leaving.length} members`;
  const removal = `remove ${count} from the roster of ${inOrg(olds.productCode, olds.org)}`;
  const names = someOf(leaving.map(([label]) => label));
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
  const { all, labels } = withOthers(without(news.members, missing), staying);
  // Whoever could not be removed is the roster's still, unless they never were.
  const strangers = labels.filter((_, n) => olds.others?.includes(staying[n]?.[0] ?? ""));
  return { ...news, members: all, ...(strangers.length > 0 && { others: strangers }) };
}
