// RESULTS.md: what was measured, where, and what it is to what it is compared with.
import { execFileSync } from "node:child_process";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { anyPulumiBin } from "../scripts/pulumi-cli/install";
import type { Case } from "./cases";
import type { Measurement, Result } from "./measure";
import { COMMANDS, type Command, PROGRAMS, type Program } from "./program";

export type Rounds = Partial<Record<Program, Result[]>>;

export interface Measured {
  readonly case: Case;
  readonly rounds: Rounds;
}

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

/** @param teams the section about many stacks */
export async function report(results: readonly Measured[], teams: string): Promise<string> {
  return `# Benchmark

Written by \`npm run bench\`. A simulated Datadog that takes pages of up to 1,000 and, where a case doesn't say otherwise,
responds after 100 ms, while 1,000 other users hold a seat. The users of a stack come last in a listing, if a case doesn't
say otherwise. The programs of each case run in turn. Times are of whole commands (\`--yes --skip-preview\`), medians
where a case ran twice: compare ratios, not seconds.

${await environment()}

![Requests and seconds against the number of seats](RESULTS.svg)

![Requests and seconds against the holders of the org, for 20 seats](HOLDERS.svg)

- **this provider**: \`SeatAssignment\`s.
- **as a native plugin**: the same seats, by the [other entry point](../docs/architecture.md#two-processes).
- **plain dynamic provider**: what a competent user writes in an afternoon; a POST or DELETE a seat, and a read that
  pages through the listing until it finds its user ([programs/plain](programs/plain/index.ts)).
- **a provider that does nothing**: the same number of resources, what the engine itself costs.
- **a provider that waits 100 ms** in each create and delete, and does nothing else: what no provider can beat that makes
  each of the resources wait for one response.

${results.map(section).join("\n\n")}

${teams}
`;
}

/** The heading and the table of one case. */
export const section = (measured: Measured) =>
  `### ${measured.case.title}\n\n${table(measured.rounds)}`;

function table(rounds: Rounds): string {
  const { plain, floor } = rounds;
  const commands = Object.keys(COMMANDS) as Command[];
  const rows = commands.flatMap((command) =>
    Object.entries(rounds).flatMap(([program, results]) => {
      const measured = median(results, command);
      if (!measured) return [];
      const ratio = (to: Result[] | undefined) => {
        const other = to && to !== results && median(to, command);
        return other ? (measured.seconds / other.seconds).toFixed(2) : "";
      };
      const { GET, POST, DELETE } = measured.requests;
      const { stateBytes = 0, traceBytes = 0 } = results[0] ?? {};
      const state = command === "up" ? `${Math.round(stateBytes)} (${Math.round(traceBytes)})` : "";
      const memory = measured.memory ? Math.round(measured.memory) : "";
      return `| ${command} | ${PROGRAMS[program as Program]} | ${measured.seconds.toFixed(1)} | ${ratio(plain)} | ${ratio(floor)} | ${GET} | ${POST} | ${DELETE} | ${measured.limited} | ${state} | ${memory} |`;
    }),
  );
  return [
    "| command | program | seconds | ÷ plain | ÷ floor | GET | POST | DELETE | 429 | state, bytes a seat (of them stack trace) | provider process, MiB |",
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
