// (a) This provider.
import * as pulumi from "@pulumi/pulumi";
import { SeatAssignment } from "pulumi-datadog-seats";

const userIds = new pulumi.Config().requireObject<string[]>("users");

for (const [n, userId] of userIds.entries()) {
  new SeatAssignment(`seat-${n}`, { productCode: "on_call", userId });
}
