// Why a value can't be an argument of a function that looks people up in teams, schedules and policies.
import { isUuid } from "./seat";

/** Blanks around it don't count. */
export const teamProblem = (value: unknown): string | undefined =>
  textOf(value) === "" ? 'expected the handle or the UUID of a team, such as "sre"' : undefined;

export const flagProblem = (value: unknown): string | undefined =>
  typeof (value ?? false) === "boolean" ? undefined : "expected true or false";

/** What pages people, each with why a value can't name one. */
export const ON_CALL_OBJECTS = {
  schedules: uuidProblem("a schedule"),
  escalationPolicies: uuidProblem("an escalation policy"),
  teams: teamProblem,
} as const;

/** Why a value can't be a list of them, whatever is in it. */
export const listProblem = (value: unknown): string | undefined =>
  Array.isArray(value ?? []) ? undefined : "expected a list";

function uuidProblem(what: string) {
  const expected = `expected the UUID of ${what}, as its page's address has it`;
  return (value: unknown) => (isUuid(textOf(value)) ? undefined : expected);
}

const textOf = (value: unknown) => (typeof value === "string" ? value.trim() : "");
