// The provider of one run: what a process of its own makes of itself, with Datadog in the place of HTTP.
import type { SeatsApi } from "../../provider/src/api/seats";
import { Run } from "../../provider/src/lifecycle/run";
import { SeatAssignmentProvider } from "../../provider/src/lifecycle/seatAssignmentProvider";
import { SeatRosterProvider } from "../../provider/src/lifecycle/seatRosterProvider";
import type { Providers } from "./plugin";
import type { Traffic } from "./traffic";

export function newProviders(
  traffic: Traffic,
  config: Record<string, string>,
  log: (line: string) => void,
): Providers {
  const run = new Run({
    log: async (line) => log(line),
    connect: (connection) => traffic.connect(connection) as unknown as SeatsApi,
  });
  run.configure((key) => config[key]);
  return {
    SeatAssignment: new SeatAssignmentProvider(run) as Providers["SeatAssignment"],
    SeatRoster: new SeatRosterProvider(run) as Providers["SeatRoster"],
  };
}
