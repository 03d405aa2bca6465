// The door of the dynamic-provider process: what the `__provider` line in the state of every resource requires.
// That line never changes, so neither may the names that are exported here.
import { watchEngine } from "./engine";
import { Run } from "./run";
import { SeatAssignmentHandler } from "./seatAssignment";
import { SeatRosterHandler } from "./seatRoster";

watchEngine();
const run = new Run();

export const SeatAssignment = new SeatAssignmentHandler(run);
export const SeatRoster = new SeatRosterHandler(run);
