// What this program needs of the plugin's SDK for Node.js, for those who don't generate one.
import * as pulumi from "@pulumi/pulumi";

interface SeatAssignmentArgs {
  readonly productCode: pulumi.Input<string>;
  readonly userId: pulumi.Input<string>;
}

export class SeatAssignment extends pulumi.CustomResource {
  constructor(name: string, args: SeatAssignmentArgs, opts?: pulumi.CustomResourceOptions) {
    super("datadog-seats:index:SeatAssignment", name, { ...args }, opts);
  }
}
