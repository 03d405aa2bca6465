import { InvokeRequest } from "@pulumi/pulumi/proto/provider_pb";
import { expect } from "chai";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { nameInProvider } from "../../../provider/src/config/settings";
import { Run } from "../../../provider/src/lifecycle/run";
import { readArguments } from "../../../provider/src/plugin/configuration";
import { invoke } from "../../../provider/src/plugin/functions";
import type { Simulator } from "../../../simulator/src";
import { apiHarness } from "../../support/apiHarness";
import { user } from "../../support/ids";
import { rejection } from "../../support/rejection";

describe("the functions of the native plugin", () => {
  let simulator: Simulator;
  let run: Run;
  let lines: string[];

  const ctx = apiHarness();
  beforeEach(() => {
    simulator = ctx.simulator;
    const { url: apiUrl, keys } = simulator;
    lines = [];
    run = new Run({ log: async (line) => void lines.push(line) });
    run.configure(readArguments({ apiUrl, ...keys }), nameInProvider);
    simulator.org.claim("on_call", user(2));
  });

  async function call(name: string, args: object) {
    const request = new InvokeRequest()
      .setTok(`datadog-seats:index:${name}`)
      .setArgs(Struct.fromJavaScript(args as never));
    const response = await invoke(run, request);
    return {
      result: response.getReturn()?.toJavaScript(),
      failures: response.getFailuresList().map((one) => [one.getProperty(), one.getReason()]),
    };
  }

  it("getSeatUsers lists who holds a seat of a product", async () => {
    const { result } = await call("getSeatUsers", { productCode: "on_call" });
    const users = (result as { users: { userId: string }[] }).users;
    expect(users.map(({ userId }) => userId)).to.deep.equal([user(2)]);
  });

  it("getUserIds gives the UUIDs of people, by email as it is given", async () => {
    const email = "User-000000000001@example.com";
    const { result } = await call("getUserIds", { emails: [email] });
    expect(result).to.deep.equal({ ids: { [email]: user(1) } });
    const error = await rejection(call("getUserIds", { emails: ["nobody@example.com"] }));
    expect(error.message).to.include('1 that no user has: "nobody@example.com"');
  });

  it("getUserIds leaves out emails of disabled users where it is told to", async () => {
    simulator.org.addUser(user(20), { email: "bob@example.com", status: "Disabled" });
    const emails = ["bob@example.com", "user-000000000001@example.com"];
    expect((await rejection(call("getUserIds", { emails }))).message).to.include("disabled user");
    const { result } = await call("getUserIds", { emails, disabled: "leave out" });
    expect(result).to.deep.equal({ ids: { "user-000000000001@example.com": user(1) } });
    expect(lines[0]).to.match(/^Left out, of 2 emails, 1 of disabled users: "bob@example\.com"/);
  });

  it("getTeamMembers gives the UUIDs of a team's people, and logs whom it leaves out", async () => {
    const { org } = simulator;
    org.addUser(user(20), { email: "bob@example.com", status: "Disabled" });
    org.addTeam({
      id: user(90),
      handle: "sre",
      members: [user(1), user(20)],
      subTeams: [user(91)],
    });
    org.addTeam({ id: user(91), handle: "emea", members: [user(2)] });
    const { result } = await call("getTeamMembers", { team: "sre" });
    expect(result).to.deep.equal({ ids: { "user-000000000001@example.com": user(1) } });
    expect(lines).to.deep.equal([
      'Left out of the members of the team "sre": bob@example.com (disabled).',
    ]);
    const all = await call("getTeamMembers", { team: "sre", subTeams: true });
    expect((all.result as { ids: object }).ids).to.have.all.keys(
      "user-000000000001@example.com",
      "user-000000000002@example.com",
    );
    org.addTeam({ id: user(92), handle: "empty", members: [] });
    const error = await rejection(call("getTeamMembers", { team: "empty" }));
    expect(error.message).to.include('There is nobody in the team "empty"');
    const empty = await call("getTeamMembers", { team: "empty", allowEmpty: true });
    expect(empty.result).to.deep.equal({ ids: {} });
  });

  it("getOnCallUsers gives the UUIDs of everybody who can be paged", async () => {
    const { org } = simulator;
    const [schedule, policy, team] = [user(90), user(91), user(92)];
    org.addUser(user(20), { email: "bob@example.com", status: "Disabled" });
    org.addSchedule(schedule, [{ members: [user(1), user(20)] }]);
    org.addPolicy(policy, [[{ type: "users", id: user(2) }]]);
    org.addPolicy(user(93), [[{ type: "users", id: user(3) }]]);
    org.addTeam({ id: team, handle: "sre", members: [] });
    org.routingRules.set(team, [{ policy: user(93) }]);
    const { result } = await call("getOnCallUsers", {
      schedules: [schedule],
      escalationPolicies: [policy],
      teams: ["sre"],
    });
    const ids = Object.values((result as { ids: Record<string, string> }).ids);
    expect(ids).to.deep.equal([1, 2, 3].map(user));
    expect(lines).to.deep.equal([
      "Left out of the members of these schedules, escalation policies and teams: bob@example.com (disabled).",
    ]);
    const error = await rejection(call("getOnCallUsers", { schedules: [] }));
    expect(error.message).to.include("There is nobody in these schedules, escalation policies");
    const empty = await call("getOnCallUsers", { allowEmpty: true });
    expect(empty.result).to.deep.equal({ ids: {} });
  });

  it("name the argument that is wrong, and send nothing", async () => {
    expect((await call("getSeatUsers", { productCode: "" })).failures[0]?.[0]).to.equal(
      "productCode",
    );
    expect((await call("getUserIds", { emails: ["a@example.com", "b"] })).failures).to.deep.equal([
      ["emails", 'email 2: expected an email such as "alice@example.com"'],
    ]);
    const onCall = { schedules: [user(1), "x"], escalationPolicies: "y", teams: [""] };
    expect((await call("getOnCallUsers", onCall)).failures).to.deep.equal([
      ["schedules", "entry 2: expected the UUID of a schedule, as its page's address has it"],
      ["escalationPolicies", "expected a list"],
      ["teams", 'entry 1: expected the handle or the UUID of a team, such as "sre"'],
    ]);
    expect((await call("getTeamMembers", { team: " ", subTeams: "no" })).failures).to.deep.equal([
      ["team", 'expected the handle or the UUID of a team, such as "sre"'],
      ["subTeams", "expected true or false"],
    ]);
    expect((await call("getUserIds", { emails: "a@example.com" })).failures[0]?.[1]).to.include(
      "expected a list of emails",
    );
    expect((await call("getUserIds", { emails: [], disabled: true })).failures).to.deep.equal([
      ["disabled", 'expected "error" or "leave out"'],
    ]);
    expect((await call("getUserIds", { emails: [], email: "a" })).failures).to.deep.equal([
      ["", 'Unknown argument "email" of getUserIds: did you mean "emails"?'],
    ]);
    expect(simulator.count()).to.equal(0);
  });

  it("are listed where an unknown one is called", async () => {
    const error = await rejection(call("getSeats", {}));
    expect(error.message).to.equal(
      "The plugin datadog-seats has no function datadog-seats:index:getSeats: expected one of datadog-seats:index:getSeatUsers, datadog-seats:index:getOnCallUsers, datadog-seats:index:getTeamMembers, datadog-seats:index:getUserIds.",
    );
  });
});
