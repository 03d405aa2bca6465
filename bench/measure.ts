// One stack of one program, and what each of its commands costs.
import { readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Simulator, users } from "../simulator/src";
import { createStack } from "./stack";

export type Program = "ours" | "plain" | "floor" | "waiting" | "roster";
export type Command = "up" | "no-op up" | "refresh" | "destroy";

export interface Measurement {
  readonly seconds: number;
  readonly requests: Readonly<Record<"GET" | "POST" | "DELETE", number>>;
  /** Responses with status 429. */
  readonly limited: number;
  /** The largest the provider process got, in MiB; unknown where there is no /proc. */
  readonly memory?: number;
}

export interface Circumstances {
  readonly seats: number;
  /** Users who hold a seat by themselves. */
  readonly others?: number;
  /** Whether the seats of the stack are held already. */
  readonly held?: boolean;
  readonly parallel?: number;
  readonly rateLimit?: { limit: number; periodSeconds: number };
  readonly commands?: readonly Command[];
}

export interface Result {
  readonly commands: Partial<Record<Command, Measurement>>;
  /** Bytes of state after the first up, for each seat. */
  readonly stateBytes: number;
}

const LATENCY_MS = 100;
const OTHERS = 1000;
const ALL: readonly Command[] = ["up", "no-op up", "refresh", "destroy"];

/** Brings a stack of `program` up and down again under the circumstances. */
export async function measure(program: Program, circumstances: Circumstances): Promise<Result> {
  const { seats, others = OTHERS, held = false, parallel, commands = ALL } = circumstances;
  const simulator = await Simulator.start({ behaviour: { latencyMs: LATENCY_MS } });
  const own = users(seats, OTHERS + 1);
  for (const id of own) simulator.org.addUser(id);
  for (const id of users(others)) simulator.org.claim("on_call", id);
  if (held) for (const id of own) simulator.org.claim("on_call", id);
  const folder = program === "waiting" ? "floor" : program;
  const stack = await createStack(simulator, join(__dirname, "programs", folder));
  try {
    await stack.succeeds("config", "set", "firstUser", String(OTHERS + 1));
    await stack.succeeds("config", "set", "seats", String(seats));
    if (program === "waiting") await stack.succeeds("config", "set", "waitMs", String(LATENCY_MS));
    if (circumstances.rateLimit) simulator.behaviour.rateLimit = circumstances.rateLimit;
    const measured: Partial<Record<Command, Measurement>> = {};
    let stateBytes = 0;
    for (const command of commands) {
      const verb = command.split(" ").at(-1) ?? command;
      const flags = ["--yes", "--skip-preview", ...(parallel ? [`--parallel=${parallel}`] : [])];
      simulator.clearRequests();
      const memory = watchMemory(stack.folder);
      const began = performance.now();
      await stack.succeeds(verb, ...flags);
      const seconds = (performance.now() - began) / 1000;
      measured[command] = { seconds, ...counted(simulator), ...memory() };
      if (command === "up") stateBytes = JSON.stringify(await stack.resources()).length / seats;
    }
    return { commands: measured, stateBytes };
  } finally {
    rmSync(stack.folder, { recursive: true, force: true });
    await simulator.stop();
  }
}

function counted(simulator: Simulator) {
  const [GET, POST, DELETE] = ["GET", "POST", "DELETE"].map((verb) => simulator.count(verb));
  return {
    requests: { GET: GET ?? 0, POST: POST ?? 0, DELETE: DELETE ?? 0 },
    limited: simulator.requests.filter(({ status }) => status === 429).length,
  };
}

/** Follows the dynamic-provider process of a stack, where the system has /proc. */
function watchMemory(folder: string): () => { memory?: number } {
  let peak = 0;
  const look = () => {
    for (const pid of processes()) {
      const status = ofProvider(pid, folder) ? read(`/proc/${pid}/status`) : "";
      const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(status) ?? [];
      peak = Math.max(peak, Number(kilobytes ?? 0) / 1024);
    }
  };
  const timer = setInterval(look, 100);
  return () => {
    clearInterval(timer);
    return peak > 0 ? { memory: peak } : {};
  };
}

function processes(): string[] {
  try {
    return readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

function ofProvider(pid: string, folder: string): boolean {
  try {
    return (
      /node\0.*cmd\/dynamic-provider/.test(read(`/proc/${pid}/cmdline`)) &&
      readlinkSync(`/proc/${pid}/cwd`) === folder
    );
  } catch {
    return false;
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return ""; // The process has ended.
  }
}
