import { expect } from "chai";
import { Simulator } from "../../simulator/src";
import { onEachEntryPoint } from "../support/entryPoints";
import { ROUNDS } from "../support/generatedCases";
import { users } from "../support/ids";
import { descendants, ended, isProvider, kill, type Process } from "../support/processes";
import { random } from "../support/random";
import { TestStack } from "../support/stack";

/**
 * Every kind of kill once, and the first of them for the plugin too; with SEATS_ROUNDS=3 in every run. The seed of a
 * round is its number.
 */
const KILLED_RUNS = { dynamic: 4 * ROUNDS, plugin: ROUNDS };

/**
 * Fifty seats: most of them resources of their own, some in a roster. Then twenty of them go, ten come, and of those
 * who stay many belong to another resource: single ones move on by five, and some go to the roster or come from it.
 */
const before = { single: users(40), roster: users(10, 41) };
const after = {
  single: [...users(20, 6), ...users(5, 46)],
  roster: [...users(5, 41), ...users(10, 51)],
};
const nobody = { single: [], roster: [] };
const otherHolders = users(3, 501);

/** Which processes are killed, and how; SIGINT is what Ctrl-C sends to the engine. */
const KILLS = [
  { processes: ["engine"], signal: "SIGKILL" },
  { processes: ["provider"], signal: "SIGKILL" },
  { processes: ["engine", "provider"], signal: "SIGKILL" },
  { processes: ["engine"], signal: "SIGINT" },
] as const;

const RUNS = [
  { command: "up", from: nobody, to: before },
  { command: "up", from: before, to: after },
  { command: "destroy", from: before, to: nobody },
] as const;

onEachEntryPoint("after a killed run the next one converges", (entryPoint) => {
  let simulator: Simulator;
  let stack: TestStack;

  beforeEach(async () => {
    simulator = await Simulator.start();
    for (const id of users(100)) simulator.org.addUser(id);
    for (const id of otherHolders) simulator.org.claim("on_call", id);
    stack = await TestStack.create(simulator, { entryPoint });
  });
  afterEach(async () => {
    stack.remove();
    await simulator.stop();
  });

  async function declare({ single, roster }: { single: string[]; roster: string[] }) {
    const productCode = "on_call";
    await stack.declare(...single.map((userId, n) => ({ name: `s${n}`, productCode, userId })));
    const members = Object.fromEntries(roster.map((userId) => [userId.slice(-3), userId]));
    await stack.declareRosters({ name: "roster", productCode, members });
  }

  /** Who has a seat by the state. */
  const owned = async () =>
    (await stack.seats())
      .flatMap(({ outputs = {} }) => outputs.userId ?? Object.values(outputs.members ?? {}))
      .sort();

  /** Starts a run, and kills it when the n-th request has had its effect and its response is on the way. */
  async function runAndKill(
    command: string,
    request: number,
    { processes, signal }: (typeof KILLS)[number],
    flags: string[] = [],
  ) {
    // Few at a time, so that the run needs many requests on every machine.
    const run = stack.start(command, "--yes", "--skip-preview", "--parallel", "4", ...flags);
    let started: Process[] = [];
    let left = request;
    simulator.onRequest = () => {
      left -= 1;
      if (left !== 0) return;
      started = descendants(run.pid);
      const provider = started.find(isProvider);
      if (!provider) throw new Error("there is no provider process");
      const pids = { engine: run.pid, provider: provider.pid };
      for (const name of processes) kill(pids[name], signal);
    };
    await run.result;
    simulator.onRequest = undefined;
    const provider = started.find(isProvider);
    if (!provider) throw new Error(`the run ended before request ${request}`);
    await ended(provider.pid);
    // Pulumi's own language host outlives its engine.
    for (const { pid } of started) kill(pid, "SIGKILL");
  }

  /** Those who were assigned a seat that they held already, by the log of all requests. */
  function assignedTwice(): string[] {
    const held = new Set(otherHolders);
    const twice: string[] = [];
    for (const { method, status, userIds } of simulator.requests) {
      for (const id of userIds) {
        if (method === "POST" && status === 201 && held.has(id)) twice.push(id);
        if (method === "POST" && status === 201) held.add(id);
        if (method === "DELETE" && status === 204) held.delete(id);
      }
    }
    return twice;
  }

  for (let round = 0; round < KILLED_RUNS[entryPoint]; round += 1) {
    // All combinations in turn.
    const killed = KILLS[round % KILLS.length] ?? KILLS[0];
    const { command, from, to } = RUNS[round % RUNS.length] ?? RUNS[0];
    const request = 1 + random(round)(7);
    const what = `${command} of ${from.single.length} to ${to.single.length} seats`;
    const how = `${killed.signal} to ${killed.processes.join(" and ")} at request ${request}`;

    it(`no seat is lost, unowned or assigned twice: ${what}, ${how}`, async () => {
      if (from !== nobody) {
        await declare(from);
        await stack.up();
      }
      if (to !== nobody) await declare(to);
      await runAndKill(command, request, killed);

      // All that Pulumi itself asks for: a lock that a killed engine has left is to be lifted.
      await stack.pulumi("cancel", "--yes");
      await stack.succeeds(command, "--yes", "--skip-preview");
      const wanted = [...to.single, ...to.roster].sort();
      expect(await owned()).to.deep.equal(wanted);
      expect(simulator.org.holders("on_call")).to.deep.equal([...wanted, ...otherHolders].sort());
      expect(assignedTwice()).to.deep.equal([]);
    });
  }

  // Pulumi hands these on to the provider process, before the engine's address.
  const FLAGS = [[], ["--logtostderr", "--logflow", "-v=1"], ["--tracing", "file:./trace"]];
  for (const flags of entryPoint === "plugin" ? FLAGS.slice(0, 1) : FLAGS) {
    const how = flags.length > 0 ? `, run with ${flags.join(" ")}` : "";

    it(`a provider process whose engine was killed does not wait for the rate limit, and writes nothing more${how}`, async () => {
      const limited = { "x-ratelimit-reset": "600" };
      await declare({ single: users(1), roster: [] });
      simulator.faults.add({ method: "POST", status: 429, headers: limited });
      await runAndKill("up", 2, { processes: ["engine"], signal: "SIGKILL" }, flags);
      expect(simulator.org.holders("on_call")).to.deep.equal(otherHolders);
      expect(simulator.count("POST")).to.equal(1);
    });
  }
});
