// Many small stacks of one org, four at a time: with a listing cache, and without.
import { join } from "node:path";
import { Simulator, users } from "../simulator/src";
import { counted, type Measurement } from "./measure";
import { createProject } from "./stack";

const TEAMS = 40;
const SEATS = 5;
const OTHERS = 2000;
const LATENCY_MS = 20;
const PAGE_SIZE = 100;
const AT_A_TIME = 4;
const MODES = ["without", "with"] as const;
const COMMANDS = ["up", "up --refresh"] as const;

/** As in `npm run bench -- NAME`. */
export const TEAMS_CASE = "teams";

/** The section of the report, with a table. */
export async function measureTeams(): Promise<string> {
  const lines: string[] = [];
  for (const mode of MODES) {
    console.log(`${TEAMS_CASE}: ${mode} a listing cache`);
    for (const { command, requests } of await measure(mode === "with")) {
      const { GET, POST, DELETE } = requests;
      lines.push(`| ${command} | ${mode} | ${GET} | ${POST} | ${DELETE} |`);
    }
  }
  return [
    `### ${TEAMS} teams of ${SEATS} as stacks, ${AT_A_TIME} at a time, in an org of ${OTHERS.toLocaleString("en-US")} other holders, pages capped at ${PAGE_SIZE}, responses after ${LATENCY_MS} ms`,
    "",
    "The `up --refresh` changes nothing.",
    "",
    "| command | [listing cache](../docs/large-orgs.md#listing-cache) | GET | POST | DELETE |",
    "|---|---|---|---|---|",
    ...lines,
  ].join("\n");
}

type Row = Pick<Measurement, "requests"> & { readonly command: (typeof COMMANDS)[number] };

/** Brings all stacks up, and refreshes them. */
async function measure(isCached: boolean): Promise<Row[]> {
  const pageLimit = { max: PAGE_SIZE, above: "capped" } as const;
  const simulator = await Simulator.start({ behaviour: { latencyMs: LATENCY_MS, pageLimit } });
  for (const id of users(OTHERS)) simulator.org.claim("on_call", id);
  for (const id of users(SEATS * TEAMS, OTHERS + 1)) simulator.org.addUser(id);
  const project = await createProject(simulator, join(__dirname, "programs", "team"));
  Object.assign(project.environment, {
    SEATS: String(SEATS),
    FIRST_USER: String(OTHERS + 1),
    ...(isCached && { DATADOG_SEATS_LISTING_CACHE: join(project.folder, ".cache") }),
  });
  const stacks = Array.from({ length: TEAMS }, (_, n) => `team-${n}`);
  const rows: Row[] = [];
  try {
    for (const stack of stacks) await project.succeeds("stack", "init", stack);
    for (const command of COMMANDS) {
      simulator.clearRequests();
      const args = [...command.split(" "), "--yes", "--skip-preview", "--stack"];
      await eachOf(stacks, (stack) => project.succeeds(...args, stack));
      rows.push({ command, ...counted(simulator) });
    }
  } finally {
    project.remove();
    await simulator.stop();
  }
  return rows;
}

async function eachOf(stacks: readonly string[], work: (stack: string) => Promise<unknown>) {
  const waiting = [...stacks];
  const worker = async () => {
    for (let stack = waiting.shift(); stack; stack = waiting.shift()) await work(stack);
  };
  // To the end of all, so that nothing runs any more when the folder is removed.
  const ends = await Promise.allSettled(Array.from({ length: AT_A_TIME }, worker));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
}
