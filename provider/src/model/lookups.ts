// Why a value can't be an argument of a function that looks people up in teams, schedules and policies.

const EXPECTED_TEAM = 'expected the handle or the UUID of a team, such as "sre"';

/** Blanks around it don't count. */
export const teamProblem = (value: unknown): string | undefined =>
  typeof value === "string" && value.trim() !== "" ? undefined : EXPECTED_TEAM;

export const flagProblem = (value: unknown): string | undefined =>
  typeof (value ?? false) === "boolean" ? undefined : "expected true or false";
