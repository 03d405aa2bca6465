// How often a property is tried. By itself a test run always tries the same cases, so that CI is repeatable:
//   SEATS_ROUNDS=100 npm test    tries a hundred times as many
//   SEATS_SEED=… npm test        tries others, from that seed: a failure tells its own
import fc from "fast-check";

const { SEATS_ROUNDS = "1", SEATS_SEED = "1" } = process.env;

/** How many times as many cases as usual are tried. */
export const ROUNDS = Number(SEATS_ROUNDS);
const seed = Number(SEATS_SEED);

/** Tries a property on so many generated cases; the error of a failure shows the smallest that was found. */
export function always<Case>(
  numRuns: number,
  cases: fc.Arbitrary<Case>,
  holds: (one: Case) => Promise<void>,
): Promise<void> {
  return fc.assert(fc.asyncProperty(cases, holds), {
    numRuns: Math.ceil(numRuns * ROUNDS),
    seed,
    // What broke belongs beside the case that broke it.
    includeErrorInReport: true,
  });
}

/** So many generated cases, for tests that take too long to look for the smallest that fails. */
export const samples = <Case>(numRuns: number, cases: fc.Arbitrary<Case>): Case[] =>
  fc.sample(cases, { numRuns: numRuns * ROUNDS, seed });
