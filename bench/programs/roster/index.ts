// (a) This provider, with all seats in one resource.
import * as pulumi from "@pulumi/pulumi";
import { SeatRoster } from "pulumi-datadog-seats";

const userIds = new pulumi.Config().requireObject<string[]>("users");

new SeatRoster("everybody", {
  productCode: "on_call",
  members: Object.fromEntries(userIds.map((id, n) => [`user-${n}@example.com`, id])),
});
