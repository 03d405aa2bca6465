// The entry point of the dynamic-provider process: what the `__provider` line in the state of every resource requires.
// Once a version is published that line never changes, so neither may the names that are exported here.
import type { dynamic } from "@pulumi/pulumi";
import { EngineClient } from "../engine/client";
import { EngineWatch } from "../engine/watch";
import { log, Run } from "../lifecycle/run";
import { SeatAssignmentProvider } from "../lifecycle/seatAssignmentProvider";
import { SeatRosterProvider } from "../lifecycle/seatRosterProvider";
import { SeatsError } from "../model/errors";

// The engine's address is the last argument: `--logflow`, `--tracing` and the like come before it.
const address = process.argv.at(-1) ?? "";
const watch = new EngineWatch(address, () => process.exit(1));
const engine = new EngineClient(address);
const run = new Run({
  beforeWrite: () => watch.confirm(),
  log: async (line, urn, severity) =>
    urn === undefined && severity !== "WARNING" ? log(line) : engine.log(line, urn, severity),
  engineHasProgram: () => engine.hasProgram(),
});

// Pulumi's process prints an error of a check, diff, read or delete, and hands it to the engine, which prints it again on
// the row of its resource. What the process prints adds nothing, so it is left out.
const printedByEngine = new Set<string>();
const print = console.error;
console.error = (...args: unknown[]) => {
  if (!printedByEngine.has(String(args[0]))) print(...args);
};

export const SeatAssignment = printingOnce(new SeatAssignmentProvider(run));
export const SeatRoster = printingOnce(new SeatRosterProvider(run));

/** A provider whose errors are printed once. An error that is a bug keeps its stack, which only the process prints. */
function printingOnce<Provider extends dynamic.ResourceProvider>(provider: Provider): Provider {
  const methods: Partial<dynamic.ResourceProvider> = provider;
  for (const name of ["check", "diff", "read", "delete"] as const) {
    const method = methods[name]?.bind(provider) as (...args: unknown[]) => Promise<unknown>;
    Object.assign(provider, {
      [name]: async (...args: unknown[]) => {
        try {
          return await method(...args);
        } catch (error) {
          if (error instanceof SeatsError) printedByEngine.add(`${error}: ${error.stack}`);
          throw error;
        }
      },
    });
  }
  return provider;
}
