// `npm run bench`: this provider beside a plain dynamic provider and the engine's floor, in one interleaved run.
// Writes RESULTS.md and RESULTS.svg beside this file. Takes about ten minutes; let nothing else run meanwhile.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { chart } from "./chart";
import { type Circumstances, measure, type Program, type Result } from "./measure";
import { type Cases, report } from "./report";

const RATE_LIMIT = { limit: 20, periodSeconds: 2 };

async function rounds(count: number, programs: Program[], circumstances: Circumstances) {
  const results: Partial<Record<Program, Result[]>> = {};
  for (let round = 1; round <= count; round += 1) {
    for (const program of programs) {
      console.log(`${program}, ${JSON.stringify(circumstances)}, round ${round} of ${count}`);
      const result = await measure(program, circumstances);
      results[program] = [...(results[program] ?? []), result];
    }
  }
  return results;
}

async function main() {
  const all: Program[] = ["ours", "plain", "floor"];
  const cases: Cases = {
    sizes: {
      20: await rounds(1, all, { seats: 20 }),
      50: await rounds(1, all, { seats: 50 }),
      100: await rounds(1, all, { seats: 100 }),
      200: await rounds(2, [...all, "waiting"], { seats: 200 }),
    },
    parallel: await rounds(2, ["ours", "floor", "waiting"], { seats: 200, parallel: 32 }),
    held: await rounds(1, ["ours"], { seats: 200, held: true, commands: ["up"] }),
    limited: await rounds(1, ["ours", "plain"], {
      seats: 200,
      rateLimit: RATE_LIMIT,
      commands: ["up"],
    }),
    rosters: {
      1: await rounds(1, ["roster"], { seats: 1 }),
      2000: await rounds(1, ["roster"], { seats: 2000 }),
      10000: await rounds(1, ["roster"], { seats: 10_000 }),
    },
  };
  writeFileSync(join(__dirname, "RESULTS.svg"), chart(cases.sizes));
  writeFileSync(join(__dirname, "RESULTS.md"), await report(cases));
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
