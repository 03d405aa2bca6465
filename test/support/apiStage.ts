// What the tests of the API client play on: a simulator with ten users, anew for each test.
import type { SeatsApiError } from "../../provider/src/api/errors";
import { SeatsApi } from "../../provider/src/api/seats";
import type { Connection } from "../../provider/src/config/connection";
import { Simulator } from "../../simulator/src";
import { connectionTo } from "./connection";
import { users } from "./ids";
import { rejection } from "./rejection";

export interface ApiStage {
  readonly simulator: Simulator;
  /** What the clients said of their waits. */
  readonly said: string[];
  /** A new client. */
  api(changes?: Partial<Connection>): SeatsApi;
}

/** Sets the stage before each test of a `describe`, and clears it afterwards. */
export function apiStage(): ApiStage {
  let simulator: Simulator;
  let said: string[];

  beforeEach(async () => {
    said = [];
    simulator = await Simulator.start();
    for (const id of users(10)) simulator.org.addUser(id);
    simulator.org.product("on_call");
  });
  afterEach(() => simulator.stop());

  return {
    get simulator() {
      return simulator;
    },
    get said() {
      return said;
    },
    api: (changes) =>
      new SeatsApi(connectionTo(simulator, changes), { onWait: (line) => said.push(line) }),
  };
}

/** What a call fails with. */
export const failure = async (call: Promise<unknown>) => (await rejection(call)) as SeatsApiError;
