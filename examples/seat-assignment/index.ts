import * as pulumi from "@pulumi/pulumi";
import { getUserIds, SeatAssignment } from "pulumi-datadog-seats";

const config = new pulumi.Config();

// The emails of Datadog users.
const onCall = config.requireObject<string[]>("onCall");
const incidentLead = config.require("incidentLead");

export = async () => {
  const { ids } = await getUserIds({ emails: [...new Set([...onCall, incidentLead])] });
  const userId = (email: string) => ids[email] ?? "";

  const seats = onCall.map(
    (email) =>
      new SeatAssignment(`${email}-on-call`, { productCode: "on_call", userId: userId(email) }),
  );

  new SeatAssignment("incident-lead", {
    productCode: "incident_response",
    userId: userId(incidentLead),
    // Fail rather than adopt a seat that somebody claimed by using the product: it would be unassigned with this stack.
    existing: "reject",
  });

  return {
    adopted: pulumi
      .all(seats.map((seat) => pulumi.all([seat.userId, seat.adopted])))
      .apply((all) => all.filter(([, wasHeld]) => wasHeld).map(([id]) => id)),
  };
};
