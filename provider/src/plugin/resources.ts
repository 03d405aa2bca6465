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

interface ResourceType {
  readonly create: (run: Run) => unknown;
  /** The form of its ids. */
  readonly id: { readonly form: string; readonly example: string };
  /** The inputs that an id holds; `undefined` when it is no such id. */
  readonly inputsOfId: (id: string) => object | undefined;
}

const TYPES: Readonly<Record<string, ResourceType>> = {
  [nativeType("SeatAssignment")]: {
    create: (run) => new SeatAssignmentProvider(run),
    id: { form: "productCode/userId", example: "on_call/3fa85f64-5717-4562-b3fc-2c963f66afa6" },
    inputsOfId: seatOfId,
  },
  [nativeType("SeatRoster")]: {
    create: (run) => new SeatRosterProvider(run),
    id: { form: "productCode/roster", example: "on_call/roster" },
    inputsOfId: productOfRosterId,
  },
};

export class Resources {
  private readonly lifecycles: ReadonlyMap<string, Lifecycle>;

  constructor(run: Run) {
    const entries = Object.entries(TYPES).map(([type, { create }]) => [type, create(run)]);
    this.lifecycles = new Map(entries as [string, Lifecycle][]);
  }

  /** @throws SeatsError when there is no such type */
  of(type: string): Lifecycle {
    const lifecycle = this.lifecycles.get(type);
    if (lifecycle) return lifecycle;
    throw new SeatsError(
      `The plugin datadog-seats has no resource ${type}: expected ${Object.keys(TYPES).join(" or ")}.`,
    );
  }
}

/** @throws SeatsError when the id is none of such a resource */
export function checkId(type: string, id: string): void {
  const known = TYPES[type];
  if (!known || known.inputsOfId(id)) return;
  throw new SeatsError(
    `${JSON.stringify(id)} is not the id of a ${type.split(":").at(-1)}. Expected ${known.id.form}, such as "${known.id.example}".`,
  );
}

/** Those properties of the inputs that differ from what the id of an import says. */
export function differingFromId(type: string, id: string, inputs: Properties): string[] {
  return Object.entries(TYPES[type]?.inputsOfId(id) ?? {})
    .filter(([name, value]) => inputs[name] !== value && inputs[name] !== UNKNOWN)
    .map(([name]) => name);
}
