// Many small stacks of one org, four at a time: with a share, and each by itself.
import { join } from "node:path";
import { SeatsShare } from "pulumi-datadog-seats";
import { type Behaviour, Simulator, users } from "../simulator/src";
import { counted, type Measurement } from "./measure";
import { createProject } from "./stack";

const TEAMS = [1, 10, 40];
const SEATS = 5;
const OTHERS = 2000;
const LATENCY_MS = 20;
const AT_A_TIME = 4;
export const MODES = ["one share for all stacks", "each stack by itself"] as const;
const COMMANDS = ["up", "up --refresh without a change"] as const;

export type Row = Measurement & {
  readonly teams: number;
  readonly command: (typeof COMMANDS)[number];
  readonly mode: (typeof MODES)[number];
};

export const NAME = "teams";

/** The section of the report, with a table. */
export async function measureTeams(): Promise<string> {
  const rows: Row[] = [];
  for (const teams of TEAMS) {
    for (const mode of MODES) {
      console.log(`${NAME}: ${teams}, ${mode}`);
      rows.push(...(await measure(teams, mode, AT_A_TIME, { latencyMs: LATENCY_MS })));
    }
  }
  const lines = rows.map(({ teams, command, mode, seconds, requests, limited }) => {
    const alone = rows.find(
      (row) => row.teams === teams && row.command === command && row.mode === MODES[1],
    );
    const ratio = mode === MODES[0] && alone ? (seconds / alone.seconds).toFixed(2) : "";
    const { GET, POST, DELETE } = requests;
    return `| ${teams} | ${command} | ${mode} | ${seconds.toFixed(1)} | ${ratio} | ${GET} | ${POST} | ${DELETE} | ${limited} |`;
  });
  return [
    `### Teams of ${SEATS} as stacks, ${AT_A_TIME} at a time, in an org of ${OTHERS.toLocaleString("en-US")} holders, responses after ${LATENCY_MS} ms`,
    "",
    "| teams | command | how | seconds | ÷ by itself | GET | POST | DELETE | 429 |",
    "|---|---|---|---|---|---|---|---|---|",
    ...lines,
  ].join("\n");
}

/** @param atATime how many stacks run side by side */
export async function measure(
  teams: number,
  mode: Row["mode"],
  atATime: number,
  behaviour: Partial<Behaviour>,
): Promise<Row[]> {
  const simulator = await Simulator.start({ behaviour });
  for (const id of users(OTHERS)) simulator.org.claim("on_call", id);
  for (const id of users(SEATS * teams, OTHERS + 1)) simulator.org.addUser(id);
  const project = await createProject(simulator, join(__dirname, "programs", "team"));
  const stacks = Array.from({ length: teams }, (_, n) => `team-${n}`);
  const rows: Row[] = [];
  try {
    for (const stack of stacks) {
      await project.succeeds("stack", "init", stack);
      await project.succeeds("config", "set", "--stack", stack, "firstUser", `${OTHERS + 1}`);
    }
    for (const command of COMMANDS) {
      simulator.clearRequests();
      const began = performance.now();
      const share = mode === MODES[0] ? await startShare(simulator) : undefined;
      Object.assign(project.environment, share?.environment);
      const flags = ["--yes", "--skip-preview", ...(command === "up" ? [] : ["--refresh"])];
      await eachOf(stacks, atATime, (stack) => project.succeeds("up", ...flags, "--stack", stack));
      await share?.stop();
      const seconds = (performance.now() - began) / 1000;
      rows.push({ teams, command, mode, seconds, ...counted(simulator) });
    }
  } finally {
    project.remove();
    await simulator.stop();
  }
  return rows;
}

const startShare = ({ url, keys: { apiKey, appKey } }: Simulator) =>
  SeatsShare.start({ environment: { DD_HOST: url, DD_API_KEY: apiKey, DD_APP_KEY: appKey } });

async function eachOf(
  stacks: readonly string[],
  atATime: number,
  work: (stack: string) => Promise<unknown>,
) {
  const waiting = [...stacks];
  const worker = async () => {
    for (let stack = waiting.shift(); stack; stack = waiting.shift()) await work(stack);
  };
  // To the end of all, so that nothing runs any more when the folder is removed.
  const ends = await Promise.allSettled(Array.from({ length: atATime }, worker));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
}
