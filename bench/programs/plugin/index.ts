// This provider as a native plugin, used as a generated SDK does it.
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const first = config.requireNumber("firstUser");
const userIds = Array.from(
  { length: config.requireNumber("seats") },
  (_, n) => `00000000-0000-4000-8000-${String(first + n).padStart(12, "0")}`,
);

class SeatAssignment extends pulumi.CustomResource {
  constructor(name: string, args: pulumi.Inputs) {
    const outputs = { existing: undefined, adopted: undefined, email: undefined };
    const more = { name: undefined, assignedAt: undefined };
    super("datadog-seats:index:SeatAssignment", name, { ...args, ...outputs, ...more });
  }
}

for (const [n, userId] of userIds.entries()) {
  new SeatAssignment(`seat-${n}`, { productCode: "on_call", userId });
}
