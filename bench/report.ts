// RESULTS.md: what was measured, where, and what it is to what it is compared with.
import { execFileSync } from "node:child_process";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { anyPulumiBin } from "../scripts/pulumi-cli/install";
import type { Command, Measurement, Program, Result } from "./measure";

type Rounds = Partial<Record<Program, Result[]>>;
export type Sizes = Record<number, Rounds>;

export interface Cases {
  /** By the number of seats; default parallelism. */
  readonly sizes: Sizes;
  readonly parallel: Rounds;
  readonly held: Rounds;
  readonly limited: Rounds;
  readonly rosters: Sizes;
}

export const PROGRAMS: Record<Program, string> = {
  ours: "this provider",
  plain: "plain dynamic provider",
  floor: "a provider that does nothing",
  waiting: "a provider that waits 100 ms",
  roster: "one SeatRoster",
};

const COMMANDS: readonly Command[] = ["up", "no-op up", "refresh", "destroy"];

/** The medians of a command's rounds; requests as in the first. */
function median(rounds: readonly Result[], command: Command): Measurement | undefined {
  const all = rounds.flatMap(({ commands }) => commands[command] ?? []);
  const middle = (of: (m: Measurement) => number) => {
    const values = all.map(of).sort((a, b) => a - b);
    const half = Math.floor(values.length / 2);
    const [low = 0, high = 0] = [values[values.length % 2 ? half : half - 1], values[half]];
    return (low + high) / 2;
  };
  if (all.length === 0) return undefined;
  const requests = {
    GET: middle(({ requests: { GET } }) => GET),
    POST: middle(({ requests: { POST } }) => POST),
    DELETE: middle(({ requests: { DELETE } }) => DELETE),
  };
  return {
    seconds: middle(({ seconds }) => seconds),
    requests,
    limited: middle(({ limited }) => limited),
    memory: middle(({ memory = 0 }) => memory),
  };
}

/** A stack's up, refresh and destroy together. */
export function total(rounds: readonly Result[]): { requests: number; seconds: number } {
  let requests = 0;
  let seconds = 0;
  for (const command of ["up", "refresh", "destroy"] as const) {
    const measured = median(rounds, command);
    if (!measured) continue;
    const { GET, POST, DELETE } = measured.requests;
    requests += GET + POST + DELETE;
    seconds += measured.seconds;
  }
  return { requests, seconds };
}

export async function report(cases: Cases): Promise<string> {
  const sizes = Object.entries(cases.sizes).map(
    ([seats, rounds]) => `### ${seats} seats, default parallelism\n\n${table(rounds)}`,
  );
  const rosters = Object.entries(cases.rosters).map(
    ([seats, rounds]) =>
      `### A roster of ${Number(seats).toLocaleString("en-US")}\n\n${table(rounds)}`,
  );
  return `# Benchmark

Written by \`npm run bench\`. A simulated Datadog that responds after 100 ms, where 1,000 other users hold a seat, so that
one listing is ten pages or more. The programs of each case run in turn. Times are of whole commands
(\`--yes --skip-preview\`), medians where a case ran twice: compare ratios, not seconds.

${await environment()}

![Requests and seconds against the number of seats](RESULTS.svg)

- **this provider**: \`SeatAssignment\`s.
- **plain dynamic provider**: what a competent user writes in an afternoon; a POST or DELETE a seat, and a read that
  pages through the listing until it finds its user ([programs/plain](programs/plain/index.ts)).
- **a provider that does nothing**: the same number of resources, what the engine itself costs.
- **a provider that waits 100 ms** in each create and delete, and does nothing else: what no provider can beat that makes
  each of the resources wait for one response.

${sizes.join("\n\n")}

### 200 seats, \`--parallel 32\`

${table(cases.parallel)}

### 200 seats that are all held already

${table(cases.held)}

### 200 seats under a rate limit of 20 requests in 2 seconds

${table(cases.limited)}

${rosters.join("\n\n")}
`;
}

function table(rounds: Rounds): string {
  const { plain, floor } = rounds;
  const rows = COMMANDS.flatMap((command) =>
    Object.entries(rounds).flatMap(([program, results]) => {
      const measured = median(results, command);
      if (!measured) return [];
      const ratio = (to: Result[] | undefined) => {
        const other = to && to !== results && median(to, command);
        return other ? (measured.seconds / other.seconds).toFixed(2) : "";
      };
      const { GET, POST, DELETE } = measured.requests;
      const state = command === "up" ? Math.round(results[0]?.stateBytes ?? 0) : "";
      const memory = measured.memory ? Math.round(measured.memory) : "";
      return `| ${command} | ${PROGRAMS[program as Program]} | ${measured.seconds.toFixed(1)} | ${ratio(plain)} | ${ratio(floor)} | ${GET} | ${POST} | ${DELETE} | ${measured.limited} | ${state} | ${memory} |`;
    }),
  );
  return [
    "| command | program | seconds | ÷ plain | ÷ floor | GET | POST | DELETE | 429 | state, bytes a seat | provider process, MiB |",
    "|---|---|---|---|---|---|---|---|---|---|---|",
    ...rows,
  ].join("\n");
}

async function environment(): Promise<string> {
  const [cpu] = cpus();
  const pulumi = execFileSync(join(await anyPulumiBin(), "pulumi"), ["version"])
    .toString()
    .trim();
  const { version } = require("@pulumi/pulumi/package.json") as { version: string };
  return `Machine: ${cpus().length} × ${cpu?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB; Node ${process.version}, Pulumi CLI ${pulumi}, @pulumi/pulumi ${version}.`;
}
