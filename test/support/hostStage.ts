// What the tests of the dynamic-provider process play on: a simulator with a few users, and a process, anew for each.
import { Simulator } from "../../simulator/src";
import { configurationFor } from "./connection";
import { DynamicProviderHost, type Host } from "./host";
import { users } from "./ids";

export interface HostStage {
  readonly simulator: Simulator;
  readonly host: Host;
  /** The next command's process, which knows nothing of the last one's; `undefined` takes a setting away. */
  restart(changes?: Record<string, string | undefined>): Promise<void>;
  /** As `restart`, and forgets the requests so far. */
  nextRun(): Promise<void>;
  /** Everything but listings: method and users. */
  writes(): string[][];
}

/**
 * Sets the stage before each test of a `describe`, and clears it afterwards.
 *
 * @param more settings of the stack besides how to reach the simulator
 */
export function hostStage(
  resource: string,
  count: number,
  more: Record<string, string> = {},
): HostStage {
  let simulator: Simulator;
  let host: Host;
  let config: Record<string, string>;

  async function start(changes: Record<string, string | undefined> = {}) {
    const entries = Object.entries({ ...config, ...changes }).filter(([, value]) => value);
    const given = Object.fromEntries(entries) as Record<string, string>;
    host = await DynamicProviderHost.start(given, resource);
  }

  beforeEach(async () => {
    simulator = await Simulator.start();
    for (const id of users(count)) simulator.org.addUser(id);
    simulator.org.product("on_call");
    config = { ...configurationFor(simulator), ...more };
    await start();
  });
  afterEach(async () => {
    await host.stop();
    await simulator.stop();
  });

  async function restart(changes?: Record<string, string | undefined>) {
    await host.stop();
    await start(changes);
  }

  return {
    get simulator() {
      return simulator;
    },
    get host() {
      return host;
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

/** The stage of a SeatRoster: with 300 users, whose emails are their numbers. */
export function rosterStage(): HostStage {
  const on = hostStage("SeatRoster", 300);
  beforeEach(() => {
    for (const id of users(300)) {
      on.simulator.org.addUser(id, { email: `${Number(id.slice(-6))}@example.com` });
    }
  });
  return on;
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
