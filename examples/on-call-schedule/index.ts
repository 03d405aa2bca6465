// Whoever is on one of the schedules, or is paged by one of the escalation policies, has an on-call seat: nobody else keeps one.
import * as pulumi from "@pulumi/pulumi";
import { getOnCallUsersOutput, SeatRoster } from "pulumi-datadog-seats";

const config = new pulumi.Config();

new SeatRoster(
  "on-call",
  {
    productCode: "on_call",
    members: getOnCallUsersOutput({
      schedules: config.requireObject<string[]>("schedules"),
      escalationPolicies: config.getObject<string[]>("escalationPolicies") ?? [],
    }).ids,
    exclusive: true,
    // A schedule that lost many people by mistake fails the preview, instead of unassigning all of them.
    maxRemovals: 3,
  },
  // A `pulumi destroy` by mistake would unassign everybody's seat.
  { protect: true },
);
