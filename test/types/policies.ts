// What a policy sees of each resource: its arguments, with values in place of outputs.
import { validateResourceOfType } from "@pulumi/policy";
import { SeatAssignment, SeatRoster, TeamSeats } from "pulumi-datadog-seats";

validateResourceOfType(SeatAssignment, ({ userId, existing }) => {
  userId satisfies string;
  existing satisfies "adopt" | "reject" | undefined;
});
validateResourceOfType(SeatRoster, ({ members, maxRemovals }) => {
  members satisfies Record<string, string>;
  maxRemovals satisfies number | undefined;
});
validateResourceOfType(TeamSeats, (_, { urn }) => {
  urn satisfies string;
});
// @ts-expect-error a typo
validateResourceOfType(SeatAssignment, ({ userID }) => userID);
