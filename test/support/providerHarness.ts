// The harness of the tests of the provider process: a simulator with a few users, and a process, anew for each test.
import { Simulator } from "../../simulator/src";
import { configurationFor } from "./connection";
import type { EntryPoint } from "./entryPoints";
import { users } from "./ids";
import { ProviderProcess } from "./providerProcess";

export interface ProviderHarness {
  readonly simulator: Simulator;
  readonly provider: ProviderProcess;
  /** The next command's process, which knows nothing of the last one's; `undefined` takes a setting away. */
  restart(changes?: Record<string, string | undefined>): Promise<void>;
  /** As `restart`, and forgets the requests so far. */
  nextRun(): Promise<void>;
  /** Everything but listings: method and users. */
  writes(): string[][];
}

/**
 * Starts both before each test of a `describe`, and stops them afterwards.
 *
 * @param more settings of the stack besides how to reach the simulator, by their names for the dynamic provider
 */
export function providerHarness(
  resource: string,
  count: number,
  entryPoint: EntryPoint,
  more: Record<string, string> = {},
): ProviderHarness {
  let simulator: Simulator;
  let provider: ProviderProcess;
  let config: Record<string, string>;

  async function start(changes: Record<string, string | undefined> = {}) {
    const entries = Object.entries({ ...config, ...changes }).filter(([, value]) => value);
    const given = Object.fromEntries(entries) as Record<string, string>;
    provider = await ProviderProcess.start(given, { resource, entryPoint });
  }

  beforeEach(async () => {
    simulator = await Simulator.start();
    for (const id of users(count)) simulator.org.addUser(id);
    simulator.org.product("on_call");
    config = { ...configurationFor(simulator), ...more };
    await start();
  });
  afterEach(async () => {
    await provider.stop();
    await simulator.stop();
  });

  async function restart(changes?: Record<string, string | undefined>) {
    await provider.stop();
    await start(changes);
  }

  return {
    get simulator() {
      return simulator;
    },
    get provider() {
      return provider;
    },
    restart,
    async nextRun() {
      await restart();
      simulator.clearRequests();
    },
    writes: () =>
      simulator.requests
        .filter(({ method }) => method !== "GET")
        .map(({ method, userIds }) => [method, ...[...userIds].sort()]),
  };
}

/** The harness of a SeatRoster: with 300 users, whose emails are their numbers. */
export function rosterHarness(entryPoint: EntryPoint): ProviderHarness {
  const ctx = providerHarness("SeatRoster", 300, entryPoint);
  beforeEach(() => {
    for (const id of users(300)) {
      ctx.simulator.org.addUser(id, { email: `${Number(id.slice(-6))}@example.com` });
    }
  });
  return ctx;
}

/** The inputs of a roster. */
export const roster = (members: Record<string, string>, more = {}) => ({
  productCode: "on_call",
  members,
  ...more,
});

/** So many members. */
export const crowd = (count: number) =>
  Object.fromEntries(users(count).map((id, n) => [`user-${n + 1}`, id]));
