import type { Connection } from "../../provider/src/api/configuration";
import type { Simulator } from "../../simulator/src";

/** A connection to a simulator, with the defaults of a real one where a test doesn't say otherwise. */
export function connectionTo(simulator: Simulator, changes: Partial<Connection> = {}): Connection {
  return {
    apiUrl: simulator.url,
    apiKey: simulator.keys.apiKey,
    appKey: simulator.keys.appKey,
    keysInStack: false,
    pageSize: 100,
    requestTimeoutMs: 30_000,
    maxWaitMs: 900_000,
    ...changes,
  };
}
