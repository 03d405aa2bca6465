// The seats of one team: the one whose name the stack has.
import { getStack } from "@pulumi/pulumi";
import { getUserIdsOutput, SeatRoster } from "pulumi-datadog-seats";
import { readTeams } from "./teams";

const team = readTeams()[getStack()];
if (!team) throw new Error(`teams.yaml has no team ${getStack()}.`);

const members = getUserIdsOutput({ emails: team.members }).ids;
for (const productCode of team.products) {
  // More than two members leaving at once fail the preview, until somebody raises this on purpose.
  new SeatRoster(productCode, { productCode, members, maxRemovals: 2 });
}
