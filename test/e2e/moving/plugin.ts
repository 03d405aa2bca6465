// What the program needs of the plugin's resources, as an SDK has it.
import * as pulumi from "@pulumi/pulumi";
import type { SeatAssignmentArgs, SeatRosterArgs } from "pulumi-datadog-seats";

/** By which an SDK asks for its own version of the plugin: so the default provider is another one than that of the state. */
const sdk = { version: "0.1.0" };

export class SeatAssignment extends pulumi.CustomResource {
  static get = (name: string, id: string) => new SeatAssignment(name, undefined, { id });

  constructor(name: string, args?: SeatAssignmentArgs, opts?: pulumi.CustomResourceOptions) {
    const outputs = { adopted: undefined, email: undefined, name: undefined };
    const inputs = { productCode: undefined, ...args, ...outputs, assignedAt: undefined };
    super("datadog-seats:index:SeatAssignment", name, inputs, { ...sdk, ...opts });
  }
}

export class SeatRoster extends pulumi.CustomResource {
  constructor(name: string, args: SeatRosterArgs, opts?: pulumi.CustomResourceOptions) {
    super("datadog-seats:index:SeatRoster", name, { ...args }, { ...sdk, ...opts });
  }
}

interface TeamSeatsArgs {
  readonly products: readonly string[];
  readonly members: Readonly<Record<string, string>>;
}

/** A component of the program's own, of the type that it has in the state. */
export class TeamSeats extends pulumi.ComponentResource {
  constructor(name: string, { products, members }: TeamSeatsArgs) {
    super("datadog-seats:index:TeamSeats", name);
    for (const productCode of products) {
      for (const [label, userId] of Object.entries(members)) {
        const seat = { productCode, userId };
        new SeatAssignment(`${name}-${label}-${productCode}`, seat, { parent: this });
      }
    }
    this.registerOutputs();
  }
}
