// The door of the dynamic-provider process: what the `__provider` line in the state of every resource requires.
// That line never changes, so neither may the names that are exported here.
import { Run } from "../lifecycle/run";
import { SeatAssignmentProvider } from "../lifecycle/seatAssignmentProvider";
import { SeatRosterProvider } from "../lifecycle/seatRosterProvider";
import { endWithoutEngine, watchEngine } from "./engine";

watchEngine();
const run = new Run(endWithoutEngine);

export const SeatAssignment = new SeatAssignmentProvider(run);
export const SeatRoster = new SeatRosterProvider(run);
