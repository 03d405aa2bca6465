// The provider of one run: what a process of its own makes of itself, with Datadog in the place of HTTP.
import type { Connection } from "../../provider/src/config/connection";
import { Run } from "../../provider/src/lifecycle/run";
import { SeatAssignmentProvider } from "../../provider/src/lifecycle/seatAssignmentProvider";
import { SeatRosterProvider } from "../../provider/src/lifecycle/seatRosterProvider";
import type { Providers } from "./plugin";
import type { Traffic } from "./traffic";

export function newProviders(traffic: Traffic, config: Record<string, string>): Providers {
  const run = new Run();
  // Until a Run takes this as an option.
  Object.assign(run, { connect: (connection: Connection) => traffic.connect(connection) });
  run.configure((key) => config[key]);
  return {
    SeatAssignment: new SeatAssignmentProvider(run) as Providers["SeatAssignment"],
    SeatRoster: new SeatRosterProvider(run) as Providers["SeatRoster"],
  };
}
