// How often a property is tried. By itself a test run always tries the same cases, so that CI is repeatable:
//   SEATS_ROUNDS=100 npm test    tries a hundred times as many, from a seed of the moment
//   SEATS_SEED=… npm test        tries those of a seed: a failure tells its own
import fc from "fast-check";

const { SEATS_ROUNDS, SEATS_SEED } = process.env;
const rounds = Number(SEATS_ROUNDS ?? 1);
const seed = Number(SEATS_SEED ?? (SEATS_ROUNDS ? Date.now() % 2 ** 31 : 1));

/** Tries a property on so many generated cases; the error of a failure shows the smallest that was found. */
export function always<Case>(
  numRuns: number,
  cases: fc.Arbitrary<Case>,
  holds: (one: Case) => Promise<void>,
): Promise<void> {
  return fc.assert(fc.asyncProperty(cases, holds), {
    numRuns: Math.ceil(numRuns * rounds),
    seed,
    // What broke belongs beside the case that broke it.
    includeErrorInReport: true,
  });
}
