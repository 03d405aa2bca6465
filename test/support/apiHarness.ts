// The harness of the API client's tests: a simulator with ten users, anew for each test.
import type { SeatsApiError } from "../../provider/src/api/errors";
import { SeatsApi } from "../../provider/src/api/seats";
import type { Connection } from "../../provider/src/config/connection";
import { Simulator } from "../../simulator/src";
import { skippingWaits } from "./clock";
import { connectionTo } from "./connection";
import { users } from "./ids";
import { rejection } from "./rejection";

export interface ApiHarness {
  readonly simulator: Simulator;
  /** The waits that the clients have reported. */
  readonly waits: string[];
  /** A new client. */
  api(changes?: Partial<Connection>): SeatsApi;
}

/** Sets a simulator up before each test of a `describe`, and stops it afterwards. */
export function apiHarness(): ApiHarness {
  let simulator: Simulator;
  let waits: string[];

  beforeEach(async () => {
    waits = [];
    simulator = await Simulator.start();
    for (const id of users(10)) simulator.org.addUser(id);
    simulator.org.product("on_call");
  });
  afterEach(() => simulator.stop());

  return {
    get simulator() {
      return simulator;
    },
    get waits() {
      return waits;
    },
    api: (changes) =>
      new SeatsApi(connectionTo(simulator, changes), { onWait: (line) => waits.push(line) }),
  };
}

/** What a call fails with once its waits are jumped over, and how long they would have been. */
export async function failureAfterWaits(call: () => Promise<unknown>) {
  let error: SeatsApiError | undefined;
  const waited = await skippingWaits(async () => {
    error = await failure(call());
  });
  return { error: error as SeatsApiError, waited };
}

/** What a call fails with. */
export const failure = async (call: Promise<unknown>) => (await rejection(call)) as SeatsApiError;
