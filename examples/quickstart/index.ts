import * as pulumi from "@pulumi/pulumi";
import { SeatAssignment } from "pulumi-datadog-seats";

// Who is on call: roles, as they should read in a preview, and the UUIDs of their Datadog users.
const onCall = new pulumi.Config().requireObject<Record<string, string>>("onCall");

for (const [role, userId] of Object.entries(onCall)) {
  new SeatAssignment(`${role}-on-call`, { productCode: "on_call", userId });
}
