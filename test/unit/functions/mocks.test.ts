// The functions under Pulumi's mocks, as a unit test of a program calls them.
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import {
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
  TeamSeats,
} from "../../../provider/src";
import { user } from "../../support/ids";
import { value } from "../../support/mocks";

const emails = ["alice@example.com", "bob@example.com"] as const;
const seatUsers = { users: [{ userId: user(1), email: "alice@example.com" }] };
const userIds = { ids: { "alice@example.com": user(1), "bob@example.com": user(2) } };

describe("the functions under pulumi.runtime.setMocks", () => {
  let calls: pulumi.runtime.MockCallArgs[];

  /** @param preview whether ids are unknown, as those of resources that a preview would create */
  async function mock(preview: boolean) {
    calls = [];
    const created: string[] = [];
    const mocks: pulumi.runtime.Mocks = {
      newResource: ({ name, inputs }) => {
        created.push(name);
        return { id: preview ? undefined : name, state: inputs };
      },
      call: (args) => {
        calls.push({ ...args, inputs: { ...args.inputs, after: [...created] } });
        return args.token.endsWith("getSeatUsers") ? seatUsers : userIds;
      },
    };
    await pulumi.runtime.setMocks(mocks, undefined, undefined, preview);
  }

  const isKnown = (output: unknown) => (output as { isKnown: Promise<boolean> }).isKnown;
  const seat = (name: string, opts?: pulumi.CustomResourceOptions) =>
    new SeatAssignment(name, { productCode: "on_call", userId: user(1) }, opts);

  it("call the mocks, as functions of Pulumi's providers do", async () => {
    await mock(false);
    expect(await getSeatUsers({ productCode: "on_call" })).to.deep.equal(seatUsers);
    expect(await getUserIds({ emails })).to.deep.equal(userIds);
    expect(await getTeamMembers({ team: "sre", subTeams: true })).to.deep.equal(userIds);
    expect(await getOnCallUsers({ schedules: [user(9)] })).to.deep.equal(userIds);
    expect(calls.map(({ token, inputs }) => [token, inputs])).to.deep.equal([
      ["datadog-seats:index:getSeatUsers", { productCode: "on_call", after: [] }],
      ["datadog-seats:index:getUserIds", { emails: [...emails], after: [] }],
      ["datadog-seats:index:getTeamMembers", { team: "sre", subTeams: true, after: [] }],
      ["datadog-seats:index:getOnCallUsers", { schedules: [user(9)], after: [] }],
    ]);
  });

  it("waits for the resources of `dependsOn`, and for what their components hold", async () => {
    await mock(false);
    const outer = new pulumi.ComponentResource("test:index:Outer", "outer");
    const inner = new pulumi.ComponentResource("test:index:Inner", "inner", {}, { parent: outer });
    seat("deep", { parent: inner });
    const late = pulumi.output(Promise.resolve(seat("late")));
    const productCode = pulumi.output(Promise.resolve("on_call"));
    const listed = getSeatUsersOutput({ productCode }, { dependsOn: [outer, late] });
    expect(await value(listed)).to.deep.equal(seatUsers);
    expect(calls).to.have.lengthOf(1);
    expect(calls[0]?.inputs.after).to.include.members(["outer", "inner", "deep", "late"]);
  });

  it("waits for resources that a component creates only after a while", async () => {
    await mock(true);
    class Slow extends pulumi.ComponentResource {
      protected override async initialize(): Promise<void> {
        await new Promise((resolve) => setImmediate(resolve));
        seat("slow", { parent: this });
      }
    }
    const dependsOn = new Slow("test:index:Slow", "component");
    const listed = getSeatUsersOutput({ productCode: "on_call" }, { dependsOn });
    expect(await isKnown(listed)).to.equal(false);
    expect(calls).to.deep.equal([]);
  });

  it("sends nothing in a preview while a resource of a component is still to be created", async () => {
    await mock(true);
    const team = new pulumi.ComponentResource("test:index:Team", "team");
    seat("new", { parent: team });
    const listed = getSeatUsersOutput({ productCode: "on_call" }, { dependsOn: team });
    expect(await isKnown(listed)).to.equal(false);
    expect(await isKnown(getSeatUsersOutput({ productCode: seat("other").id }))).to.equal(false);
    expect(calls).to.deep.equal([]);
    expect(await isKnown(getSeatUsersOutput({ productCode: "on_call" }))).to.equal(true);
  });

  it("gives what a team and a roster take as members", async () => {
    await mock(true);
    const { ids } = await getUserIds({ emails });
    const team = new TeamSeats("sre", { products: ["on_call"], members: ids });
    const seat = team.seats.on_call["alice@example.com"];
    expect(await value(seat.userId)).to.equal(user(1));
    const members = getUserIdsOutput({ emails: pulumi.output([...emails]) }).ids;
    const roster = new SeatRoster("team", { productCode: "on_call", members });
    expect(await value(roster.members)).to.deep.equal(userIds.ids);
  });

  it("asks for a team's members once the team is known and the resources of `dependsOn` exist", async () => {
    await mock(false);
    const team = pulumi.output(Promise.resolve("sre"));
    const listed = getTeamMembersOutput({ team }, { dependsOn: seat("membership") });
    expect(await value(listed)).to.deep.equal(userIds);
    expect(calls[0]?.inputs).to.deep.equal({ team: "sre", after: ["membership"] });

    await mock(true);
    const unknown = new SeatRoster("other", { productCode: "on_call", members: {} }).id;
    expect(await isKnown(getTeamMembersOutput({ team: unknown }))).to.equal(false);
    const created = seat("new");
    expect(await isKnown(getTeamMembersOutput({ team: "sre" }, { dependsOn: created }))).to.equal(
      false,
    );
    expect(calls).to.deep.equal([]);
  });

  it("asks who can be paged once every schedule is known", async () => {
    await mock(true);
    const unknown = new SeatRoster("other", { productCode: "on_call", members: {} }).id;
    const schedules = [user(9), unknown];
    expect(await isKnown(getOnCallUsersOutput({ schedules }))).to.equal(false);
    expect(calls).to.deep.equal([]);
    await mock(false);
    const listed = getOnCallUsersOutput({ schedules: [pulumi.output(user(9))] });
    expect(await value(listed)).to.deep.equal(userIds);
    expect(calls[0]?.inputs).to.deep.equal({ schedules: [user(9)], after: [] });
  });

  it("asks nothing in a preview while an email is unknown", async () => {
    await mock(true);
    const unknown = new SeatRoster("other", { productCode: "on_call", members: {} }).id;
    const ids = getUserIdsOutput({ emails: ["alice@example.com", unknown] });
    expect(await isKnown(ids)).to.equal(false);
    expect(calls).to.deep.equal([]);
    const disabled = pulumi.output("leave out" as const);
    expect(await value(getUserIdsOutput({ emails, disabled }))).to.deep.equal(userIds);
    expect(calls.map(({ inputs }) => inputs.disabled)).to.deep.equal(["leave out"]);
  });
});
