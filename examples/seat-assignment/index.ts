import * as pulumi from "@pulumi/pulumi";
import { SeatAssignment } from "pulumi-datadog-seats";

const config = new pulumi.Config();

// Names as they should read in a preview, and the UUIDs of the Datadog users.
const onCall = config.requireObject<Record<string, string>>("onCall");
const incidentLead = config.require("incidentLead");

const seats = Object.entries(onCall).map(
  ([name, userId]) => new SeatAssignment(`${name}-on-call`, { productCode: "on_call", userId }),
);

new SeatAssignment("incident-lead", {
  productCode: "incident_response",
  userId: incidentLead,
  // Fail rather than adopt a seat that somebody claimed by using the product: it would be unassigned with this stack.
  existing: "reject",
});

export const adopted = pulumi
  .all(seats.map((seat) => pulumi.all([seat.userId, seat.adopted])))
  .apply((all) => all.filter(([, wasHeld]) => wasHeld).map(([userId]) => userId));
