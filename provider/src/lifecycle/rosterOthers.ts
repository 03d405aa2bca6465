// Those members of an exclusive roster whom a refresh has found: they are in its inputs until the program says otherwise.
import { labelsOf, notAmong, without } from "../model/roster";
import type { RosterInputs } from "./rosterPlan";

/**
 * The inputs of a roster that is exclusive no more, with the others whom a refresh has found: they stay, so no preview may
 * show them as members who go.
 */
export function keepingOthers(olds: RosterInputs | undefined, news: RosterInputs): RosterInputs {
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
