// The entry point of the dynamic-provider process: what the `__provider` line in the state of every resource requires.
// Once a version is published that line never changes, so neither may the names that are exported here.
import { Run } from "../lifecycle/run";
import { SeatAssignmentProvider } from "../lifecycle/seatAssignmentProvider";
import { SeatRosterProvider } from "../lifecycle/seatRosterProvider";
import { EngineWatch } from "./engine";

// The engine's address is the last argument: `--logflow`, `--tracing` and the like come before it.
const engine = new EngineWatch(process.argv.at(-1), () => process.exit(1));
const run = new Run({ beforeWrite: () => engine.confirm() });

export const SeatAssignment = new SeatAssignmentProvider(run);
export const SeatRoster = new SeatRosterProvider(run);
