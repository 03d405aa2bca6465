// (a) This provider.
import * as pulumi from "@pulumi/pulumi";
import { SeatAssignment } from "pulumi-datadog-seats";

const config = new pulumi.Config();
const first = config.requireNumber("firstUser");
const userIds = Array.from(
  { length: config.requireNumber("seats") },
  (_, n) => `00000000-0000-4000-8000-${String(first + n).padStart(12, "0")}`,
);

for (const [n, userId] of userIds.entries()) {
  new SeatAssignment(`seat-${n}`, { productCode: "on_call", userId });
}
