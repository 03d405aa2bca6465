// The resources of the plugin, by their types: each is a lifecycle that the dynamic provider has too.
import type { dynamic } from "@pulumi/pulumi";
import { UNKNOWN } from "../lifecycle/inputs";
import type { Run } from "../lifecycle/run";
import { SeatAssignmentProvider } from "../lifecycle/seatAssignmentProvider";
import { SeatRosterProvider } from "../lifecycle/seatRosterProvider";
import { SeatsError } from "../model/errors";
import { nativeType } from "../model/resourceTypes";
import { productOfRosterId, seatOfId } from "../model/seat";
import type { Properties } from "./properties";

/** What the engine asks of a resource. */
export interface Lifecycle extends Required<Omit<dynamic.ResourceProvider, "configure">> {
  previewCreate(inputs: Properties): Promise<object>;
  previewUpdate(olds: Properties, news: Properties): Promise<object>;
}

const ASSIGNMENT = nativeType("SeatAssignment");
const ROSTER = nativeType("SeatRoster");

export class Resources {
  private readonly lifecycles: ReadonlyMap<string, Lifecycle>;

  constructor(run: Run) {
    this.lifecycles = new Map<string, unknown>([
      [ASSIGNMENT, new SeatAssignmentProvider(run)],
      [ROSTER, new SeatRosterProvider(run)],
    ]) as Map<string, Lifecycle>;
  }

  /** @throws SeatsError when there is no such type */
  of(type: string): Lifecycle {
    const lifecycle = this.lifecycles.get(type);
    if (lifecycle) return lifecycle;
    throw new SeatsError(
      `The plugin datadog-seats has no resource ${type}: expected ${ASSIGNMENT} or ${ROSTER}.`,
    );
  }
}

/** The inputs that differ from what the id of an import says. */
export function differingFromId(id: string, inputs: Properties): string[] {
  const named = seatOfId(id) ?? productOfRosterId(id);
  return Object.entries(named ?? {})
    .filter(([name, value]) => inputs[name] !== value && inputs[name] !== UNKNOWN)
    .map(([name]) => name);
}
