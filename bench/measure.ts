// One stack of one program, and what each of its commands costs.
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { addPlugin, isProviderCommand } from "../scripts/pulumi-cli/plugin";
import { Simulator, users } from "../simulator/src";
import type { Circumstances } from "./cases";
import { COMMANDS, type Command, type Program } from "./program";
import { createStack } from "./stack";

export interface Measurement {
  readonly seconds: number;
  readonly requests: Readonly<Record<"GET" | "POST" | "DELETE", number>>;
  /** Responses with status 429. */
  readonly limited: number;
  /** The largest the provider process got, in MiB; unknown where there is no /proc. */
  readonly memory?: number;
}

export interface Result {
  readonly commands: Partial<Record<Command, Measurement>>;
  /** Bytes of state after the first up, for each seat. */
  readonly stateBytes: number;
  /** How many of them are the stack trace that Pulumi records with each resource. */
  readonly traceBytes: number;
}

/** Brings a stack of `program` up and down again under the circumstances. */
export async function measure(program: Program, circumstances: Circumstances): Promise<Result> {
  const { seats, others, held = false, listedFirst = false, latencyMs, parallel } = circumstances;
  const { rateLimit, pageLimit } = circumstances;
  const simulator = await Simulator.start({
    behaviour: { latencyMs, ...(pageLimit && { pageLimit }) },
  });
  // One more than there are seats, for an exchange. A listing is in the order of the numbers.
  const first = listedFirst ? 1 : others + 1;
  const own = users(seats + 1, first);
  for (const id of own) simulator.org.addUser(id);
  for (const id of users(others, listedFirst ? seats + 2 : 1)) simulator.org.claim("on_call", id);
  if (held) for (const id of own.slice(0, seats)) simulator.org.claim("on_call", id);
  const folder = program === "waiting" ? "floor" : program;
  const stack = await createStack(simulator, join(__dirname, "programs", folder));
  if (program === "plugin") addPlugin(stack.folder);
  const set = (name: string, value: number | boolean) =>
    stack.succeeds("config", "set", name, String(value));
  try {
    await set("firstUser", first);
    await set("seats", seats);
    if (program === "waiting") await set("waitMs", latencyMs);
    if (rateLimit) simulator.behaviour.rateLimit = rateLimit;
    const measured: Partial<Record<Command, Measurement>> = {};
    let [stateBytes, traceBytes] = [0, 0];
    for (const command of circumstances.commands) {
      const flags = ["--yes", "--skip-preview", ...(parallel ? [`--parallel=${parallel}`] : [])];
      if (command === "exchange") await set("exchange", true);
      simulator.clearRequests();
      const memory = watchMemory(stack.folder);
      const began = performance.now();
      await stack.succeeds(COMMANDS[command], ...flags);
      const seconds = (performance.now() - began) / 1000;
      measured[command] = { seconds, ...counted(simulator), ...memory() };
      if (command !== "up") continue;
      const resources = await stack.resources();
      stateBytes = JSON.stringify(resources).length / seats;
      traceBytes = stateBytes - JSON.stringify(resources, withoutTrace).length / seats;
    }
    return { commands: measured, stateBytes, traceBytes };
  } finally {
    stack.remove();
    await simulator.stop();
  }
}

const withoutTrace = (key: string, value: unknown) => (key === "stackTrace" ? undefined : value);

/** The requests since the log was emptied. */
export function counted(simulator: Simulator) {
  const [GET, POST, DELETE] = ["GET", "POST", "DELETE"].map((verb) => simulator.count(verb));
  return {
    requests: { GET: GET ?? 0, POST: POST ?? 0, DELETE: DELETE ?? 0 },
    limited: simulator.requests.filter(({ status }) => status === 429).length,
  };
}

/** Follows the provider process of a stack, where the system has /proc. */
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
    const command = read(`/proc/${pid}/cmdline`).replaceAll("\0", " ");
    return isProviderCommand(command) && readlinkSync(`/proc/${pid}/cwd`) === folder;
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
