// The entry point of the dynamic-provider process: what the `__provider` line in the state of every resource requires.
// Once a version is published that line never changes, so neither may the names that are exported here.
import { EngineClient } from "../engine/client";
import { EngineWatch } from "../engine/watch";
import { log, Run } from "../lifecycle/run";
import { SeatAssignmentProvider } from "../lifecycle/seatAssignmentProvider";
import { SeatRosterProvider } from "../lifecycle/seatRosterProvider";
import { printedOnce } from "./printedOnce";

// The engine's address is the last argument: `--logflow`, `--tracing` and the like come before it.
const address = process.argv.at(-1) ?? "";
const watch = new EngineWatch(address, () => process.exit(1));
const engine = new EngineClient(address);
const run = new Run({
  beforeWrite: () => watch.confirm(),
  log: async (line, urn) => (urn === undefined ? log(line) : engine.log(line, urn)),
  engineHasProgram: () => engine.hasProgram(),
});

export const SeatAssignment = printedOnce(new SeatAssignmentProvider(run));
export const SeatRoster = printedOnce(new SeatRosterProvider(run));
