// How a run reaches Datadog.
import type { SeatsApi } from "../api/seats";
import type { Connection } from "../config/connection";
import type { Run } from "./run";

const STORED_KEYS_HINTS = {
  withoutProgram:
    "A refresh or a destroy without --run-program uses the keys that the stack stored at its last `pulumi up`. If they were changed since, run the command with --run-program.",
  withProgram:
    "For a program that declares no seats any more, Pulumi uses the keys that the stack stored at its last `pulumi up`. If they were changed since: declare a seat again, run `pulumi up`, remove the seat, and run `pulumi up` once more.",
};

export function connectOverHttp(connection: Connection, run: Run): SeatsApi {
  const keysHint = async () => {
    // Once there was a check, the keys are those of the program's configuration.
    if (!connection.keysInStack || run.ownership.hasChecks) return "";
    return STORED_KEYS_HINTS[(await run.engineHasProgram()) ? "withProgram" : "withoutProgram"];
  };
  // Loading the HTTP client takes longer than all else here, and a run without changes needs none.
  const api = require("../api/seats") as typeof import("../api/seats");
  return new api.SeatsApi(connection, {
    onWait: (line) => void run.log(line),
    keysHint,
    beforeWrite: (call, inDoubt) => run.confirm(call, inDoubt),
  });
}
