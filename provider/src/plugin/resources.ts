// The resources of the plugin, by their types: each is a lifecycle that the dynamic provider has too.
import type { dynamic } from "@pulumi/pulumi";
import type { Run } from "../lifecycle/run";
import { SeatAssignmentProvider } from "../lifecycle/seatAssignmentProvider";
import { SeatRosterProvider } from "../lifecycle/seatRosterProvider";
import { SeatsError } from "../model/errors";
import { nativeType } from "../model/nativeResource";
import { productOfRosterId, seatOfId } from "../model/seat";
import { parseUrn } from "../model/urn";
import type { Properties } from "./values";

/** What the engine asks of a resource. */
export interface Lifecycle extends Required<Omit<dynamic.ResourceProvider, "configure">> {
  previewCreate(inputs: Properties): Promise<object>;
  previewUpdate(olds: Properties, news: Properties): Promise<object>;
}

interface Kind {
  readonly create: (run: Run) => unknown;
  /** The form of its ids. */
  readonly id: { readonly form: string; readonly example: string };
  /** What an id names. */
  readonly subject: (id: string) => object | undefined;
}

const KINDS: Readonly<Record<string, Kind>> = {
  [nativeType("SeatAssignment")]: {
    create: (run) => new SeatAssignmentProvider(run),
    id: { form: "productCode/userId", example: "on_call/3fa85f64-5717-4562-b3fc-2c963f66afa6" },
    subject: seatOfId,
  },
  [nativeType("SeatRoster")]: {
    create: (run) => new SeatRosterProvider(run),
    id: { form: "productCode/roster", example: "on_call/roster" },
    subject: productOfRosterId,
  },
};

export class Resources {
  private readonly lifecycles: ReadonlyMap<string, Lifecycle>;

  constructor(run: Run) {
    const entries = Object.entries(KINDS).map(([type, { create }]) => [type, create(run)]);
    this.lifecycles = new Map(entries as [string, Lifecycle][]);
  }

  /** @throws SeatsError when there is no such type */
  of(type: string): Lifecycle {
    const lifecycle = this.lifecycles.get(type);
    if (lifecycle) return lifecycle;
    throw new SeatsError(
      `The plugin datadog-seats has no resource ${type}: expected ${Object.keys(KINDS).join(" or ")}.`,
    );
  }
}

/** The type of a resource, by its URN. */
export const typeOf = (urn: string) => parseUrn(urn)?.types.at(-1) ?? "";

/** @throws SeatsError when the id is none of such a resource */
export function checkId(type: string, id: string): void {
  const kind = KINDS[type];
  if (!kind || kind.subject(id)) return;
  throw new SeatsError(
    `${JSON.stringify(id)} is not the id of a ${type.split(":").at(-1)}. Expected ${kind.id.form}, such as "${kind.id.example}".`,
  );
}
