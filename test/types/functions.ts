// As resources.ts, for what programs call.
import * as pulumi from "@pulumi/pulumi";
import {
  type GetSeatUsersResult,
  getOnCallUsers,
  getOnCallUsersOutput,
  getSeatUsers,
  getSeatUsersOutput,
  getTeamMembers,
  getTeamMembersOutput,
  getUserIds,
  getUserIdsOutput,
  SeatAssignment,
  SeatRoster,
  type SeatUser,
  TeamSeats,
} from "pulumi-datadog-seats";

const code = pulumi.output("on_call");
const dependsOn = SeatAssignment.get("seat", "on_call/3fa85f64-5717-4562-b3fc-2c963f66afa6");

getSeatUsers({ productCode: "on_call" }) satisfies Promise<GetSeatUsersResult>;
getSeatUsersOutput({ productCode: code }).users satisfies pulumi.Output<SeatUser[]>;
getSeatUsersOutput({ productCode: code }, { dependsOn });
getSeatUsersOutput({ productCode: code }, { dependsOn: [dependsOn] });

// @ts-expect-error an output may not be known: that is for getSeatUsersOutput
getSeatUsers({ productCode: code });
// @ts-expect-error the product is needed
getSeatUsers({});
// @ts-expect-error of a resource's options only `dependsOn` has a meaning here
getSeatUsersOutput({ productCode: code }, { protect: true });

declare const user: SeatUser;
user.userId satisfies string;
// @ts-expect-error Datadog may tell no email
user.email satisfies string;
// @ts-expect-error what was listed is not changed
user.userId = "";

const emails: string[] = [];
const email = pulumi.output("alice@example.com");

async function people() {
  // The emails that the program writes out are the labels of a team.
  const { ids } = await getUserIds({ emails: ["alice@example.com", "bob@example.com"] });
  ids satisfies Record<"alice@example.com" | "bob@example.com", string>;
  const team = new TeamSeats("sre", { products: ["on_call"], members: ids });
  team.seats.on_call["alice@example.com"] satisfies SeatAssignment;
  // @ts-expect-error an email that was not asked for
  ids["carol@example.com"];

  const listed = await getUserIds({ emails });
  listed.ids satisfies Record<string, string>;
  new TeamSeats("web", { products: ["on_call"], members: listed.ids });
  (await getUserIds({ emails: [] })).ids satisfies Record<string, string>;
  const left = await getUserIds({ emails: ["alice@example.com"], disabled: "leave out" });
  // @ts-expect-error whoever is disabled is not there
  left.ids["alice@example.com"] satisfies string;
  // @ts-expect-error an output may not be known: that is for getUserIdsOutput
  getUserIds({ emails: [email] });
  // @ts-expect-error a list
  getUserIds({ emails: "alice@example.com" });
  // @ts-expect-error the emails are needed
  getUserIds({});
}

const { ids } = getUserIdsOutput({ emails: ["alice@example.com", email] });
ids satisfies pulumi.Output<Record<string, string>>;
new SeatRoster("team", { productCode: "on_call", members: ids });
new SeatRoster("all", {
  productCode: "on_call",
  members: getUserIdsOutput({ emails: pulumi.output(emails) }).ids,
});
people satisfies () => Promise<void>;

async function teams() {
  const { ids: members } = await getTeamMembers({ team: "sre", subTeams: true });
  new TeamSeats("sre", { products: ["on_call"], members });
  // @ts-expect-error an output may not be known: that is for getTeamMembersOutput
  getTeamMembers({ team: email });
  // @ts-expect-error the team is needed
  getTeamMembers({});
}
teams satisfies () => Promise<void>;
async function paged(schedules: readonly string[]) {
  const { ids: members } = await getOnCallUsers({ schedules, teams: ["sre"] });
  new TeamSeats("on-call", { products: ["on_call"], members });
  // @ts-expect-error an output may not be known: that is for getOnCallUsersOutput
  getOnCallUsers({ schedules: [email] });
}
paged satisfies (schedules: readonly string[]) => Promise<void>;
new SeatRoster("on-call", {
  productCode: "on_call",
  members: getOnCallUsersOutput({ schedules: [email], teams: pulumi.output(emails) }).ids,
});
new SeatRoster("sre", {
  productCode: "on_call",
  members: getTeamMembersOutput({ team: email, subTeams: pulumi.output(true) }, { dependsOn }).ids,
});
