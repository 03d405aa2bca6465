// `npm run bench`: this provider beside a plain dynamic provider and the engine's floor, in one interleaved run.
// Writes RESULTS.md and its charts beside this file. Takes about half an hour; let nothing else run meanwhile.
// `npm run bench -- NAME …` runs some cases alone, and prints their tables.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { CASES, type Case } from "./cases";
import { chart } from "./chart";
import { measure } from "./measure";
import { type Measured, type Rounds, report, section } from "./report";
import { measureTeams, TEAMS_CASE } from "./teams";

async function measured(one: Case): Promise<Measured> {
  const rounds: Rounds = {};
  for (let round = 1; round <= one.rounds; round += 1) {
    for (const program of one.programs) {
      console.log(`${one.name}: ${program}, round ${round} of ${one.rounds}`);
      const result = await measure(program, one.circumstances);
      rounds[program] = [...(rounds[program] ?? []), result];
    }
  }
  return { case: one, rounds };
}

async function main() {
  const names = process.argv.slice(2);
  const known = [...CASES.map(({ name }) => name), TEAMS_CASE];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown) {
    throw new Error(`There is no case "${unknown}". Expected some of ${known.join(", ")}.`);
  }
  const results: Measured[] = [];
  for (const one of CASES) {
    if (names.length > 0 && !names.includes(one.name)) continue;
    const result = await measured(one);
    if (names.length > 0) console.log(`\n${section(result)}\n`);
    results.push(result);
  }
  if (names.includes(TEAMS_CASE)) console.log(`\n${await measureTeams()}\n`);
  if (names.length > 0) return;

  const points = (which: Case["chart"], x: (one: Case) => number) =>
    results
      .filter((result) => result.case.chart === which)
      .map((result) => ({ x: x(result.case), rounds: result.rounds }));
  const seats = points("seats", ({ circumstances }) => circumstances.seats);
  const holders = points("holders", ({ circumstances }) => circumstances.others);
  write("RESULTS.svg", chart(seats, "seats in the stack", "value"));
  write("HOLDERS.svg", chart(holders, "holders in the org", "log"));
  write("RESULTS.md", await report(results, await measureTeams()));
}

const write = (file: string, text: string) => writeFileSync(join(__dirname, file), text);

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
