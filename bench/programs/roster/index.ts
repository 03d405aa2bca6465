// (a) This provider, with all seats in one resource.
import * as pulumi from "@pulumi/pulumi";
import { SeatRoster } from "pulumi-datadog-seats";

const config = new pulumi.Config();
const first = config.requireNumber("firstUser");
const userIds = Array.from(
  { length: config.requireNumber("seats") },
  (_, n) => `00000000-0000-4000-8000-${String(first + n).padStart(12, "0")}`,
);
// The first member makes place for one who is new.
if (config.getBoolean("exchange")) {
  userIds[0] = `00000000-0000-4000-8000-${String(first + userIds.length).padStart(12, "0")}`;
}

new SeatRoster("everybody", {
  productCode: "on_call",
  members: Object.fromEntries(userIds.map((id, n) => [`user-${n}@example.com`, id])),
});
