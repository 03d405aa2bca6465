import * as pulumi from "@pulumi/pulumi";
import { getUserIdsOutput, SeatRoster } from "pulumi-datadog-seats";

// Who is in the team: the emails of Datadog users, from the stack's configuration.
const emails = new pulumi.Config().requireObject<string[]>("team");

new SeatRoster("team", {
  productCode: "incident_response",
  members: getUserIdsOutput({ emails }).ids,
});
