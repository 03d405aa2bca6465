// The functions' arguments, and how they fail in a program.
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import {
  ConfigurationError,
  getOnCallUsers,
  getOnCallUsersOutput,
  getSeatUsers,
  getSeatUsersOutput,
  getTeamMembers,
  getTeamMembersOutput,
  getUserIds,
  getUserIdsOutput,
  SeatsApiError,
  SeatsError,
} from "../../../provider/src";
import { apiHarness } from "../../support/apiHarness";
import { pointingAt } from "../../support/connection";
import { user, users } from "../../support/ids";
import { rejection } from "../../support/rejection";

const emails = ["alice@example.com", "bob@example.com"] as const;

/** The function, its twin that takes outputs, what it needs, and which arguments it refuses in which words. */
type Case = [
  call: (args: never) => Promise<unknown>,
  callOutput: (args: never) => unknown,
  needed: string,
  refused: [unknown, string][],
];
const cases: Case[] = [
  [
    getSeatUsers,
    getSeatUsersOutput,
    "productCode",
    [
      [
        undefined,
        "The arguments of getSeatUsers are undefined: expected an object with productCode.",
      ],
      [
        { product: "x" },
        'Unknown argument "product" of getSeatUsers: expected one of productCode.',
      ],
      [{ productCode: "On Call" }, 'did you mean "on_call"?'],
      [
        { productCode: pulumi.output("on_call") },
        "The productCode of getSeatUsers is an Output: expected a product code",
      ],
      [{ productCode: pulumi.output("on_call") }, "; getSeatUsersOutput takes outputs."],
      [
        { productCode: "on_call", org: "eu" },
        'argument "org" of getSeatUsers: a stack has one org',
      ],
    ],
  ],
  [
    getOnCallUsers,
    getOnCallUsersOutput,
    "schedules, escalationPolicies, teams, allowEmpty",
    [
      [
        { schedule: [] },
        'Unknown argument "schedule" of getOnCallUsers: did you mean "schedules"?',
      ],
      [
        { schedules: ["primary"] },
        'schedules[0] of getOnCallUsers is "primary": expected the UUID of a schedule',
      ],
      [
        { schedules: pulumi.output([]) },
        "schedules of getOnCallUsers is an Output: expected a list; getOnCallUsersOutput takes",
      ],
      [
        { escalationPolicies: [undefined] },
        "escalationPolicies[0] of getOnCallUsers is undefined: expected the UUID of an escalation",
      ],
      [{ teams: "sre" }, 'teams of getOnCallUsers is "sre": expected a list.'],
      [{ allowEmpty: "no" }, 'allowEmpty of getOnCallUsers is "no": expected true or false.'],
    ],
  ],
  [
    getTeamMembers,
    getTeamMembersOutput,
    "team, subTeams, allowEmpty",
    [
      [{ handle: "sre" }, 'Unknown argument "handle" of getTeamMembers: expected one of team, '],
      [
        { team: pulumi.output("sre") },
        "The team of getTeamMembers is an Output: expected the handle or the UUID of a team",
      ],
      [{ team: "" }, 'The team of getTeamMembers is "": expected the handle'],
      [{ team: "sre", subTeams: "yes" }, 'subTeams of getTeamMembers is "yes": expected true or'],
      [{ team: "sre", allowEmpty: 1 }, "allowEmpty of getTeamMembers is 1: expected true or"],
    ],
  ],
  [
    getUserIds,
    getUserIdsOutput,
    "emails, disabled",
    [
      [
        undefined,
        "The arguments of getUserIds are undefined: expected an object with emails, disabled.",
      ],
      [{ email: "a@b" }, 'Unknown argument "email" of getUserIds: did you mean "emails"?'],
      [
        { emails: "alice@example.com" },
        'The emails of getUserIds are "alice@example.com": expected a list of emails, such as [',
      ],
      [{ emails: pulumi.output([]) }, "]; getUserIdsOutput takes outputs."],
      [
        { emails: ["alice@example.com", ""] },
        'Email 2 of getUserIds is "": expected an email such as "alice@example.com".',
      ],
      [{ emails: [undefined] }, "Email 1 of getUserIds is undefined: expected an email such as"],
      [{ emails: [pulumi.output("a@b")] }, "Email 1 of getUserIds is an Output: expected an email"],
      [
        { emails: [], disabled: "ignore" },
        'disabled of getUserIds is "ignore": expected "error" or "leave out".',
      ],
      [{ emails: ["x".repeat(9999)] }, "…: expected an email such as"],
    ],
  ],
];
for (const [call, callOutput, needed, refused] of cases) {
  describe(`the arguments of ${call.name}`, () => {
    for (const [args, message] of refused) {
      it(`are refused, under mocks too: ${message.slice(0, 60)}`, async () => {
        await pulumi.runtime.setMocks({
          newResource: () => ({ id: "", state: {} }),
          call: () => ({}),
        });
        const error = await rejection(call(args as never));
        expect(error.message).to.include(message).and.have.property("length").that.is.below(500);
        expect([pulumi.RunError.isInstance(error), error.stack]).to.deep.equal([true, ""]);
      });
    }

    it("are refused where they are given, when they may be outputs", () => {
      expect(() => callOutput(undefined as never)).to.throw(
        pulumi.RunError,
        `The arguments of ${callOutput.name} are undefined: expected an object with ${needed}.`,
      );
    });
  });
}

describe("a function without an engine or mocks", () => {
  const ctx = apiHarness();
  const environment = { ...process.env };
  before(() => pulumi.runtime.resetOptions("", "", -1, "", "", false, ""));
  beforeEach(() => Object.assign(process.env, pointingAt(ctx.simulator)));
  afterEach(() => {
    process.env = { ...environment };
  });

  it("gives a program what failed: an error of the API with its status", async () => {
    ctx.simulator.faults.add({ status: 404, body: { errors: ["no such product"] } });
    const error = await rejection(getSeatUsers({ productCode: "on_call" }));
    const { cause } = error as { cause?: unknown };
    expect(pulumi.RunError.isInstance(error)).to.equal(true);
    expect(cause).to.be.instanceOf(SeatsApiError);
    expect(cause).to.include({ name: "SeatsApiError", status: 404, outcome: "refused" });
    expect((cause as SeatsApiError).message).to.equal(error.message);
  });

  it("passes an unexpected error on as it is, with its stack", async () => {
    const bug = new TypeError("a bug");
    const args = {
      get productCode(): string {
        throw bug;
      },
    };
    const error = await rejection(getSeatUsers(args));
    expect(error).to.equal(bug);
    expect(error.stack).to.match(/\n\s+at /);
  });

  it("asks Datadog with the keys of the environment", async () => {
    ctx.simulator.org.addUser(user(3), { email: "alice@example.com" });
    const { ids } = await getUserIds({ emails: ["Alice@example.com"] });
    expect(ids).to.deep.equal({ "Alice@example.com": user(3) });
    ctx.simulator.org.addUser(user(20), { email: "bob@example.com", status: "Disabled" });
    const left = await getUserIds({ emails, disabled: "leave out" });
    expect(left.ids).to.deep.equal({ "alice@example.com": user(3) });
  });

  it("gives the members of a team, with those of its sub-teams where they are asked for", async () => {
    const { org } = ctx.simulator;
    org.addTeam({ id: user(90), handle: "sre", members: [user(1)], subTeams: [user(91)] });
    org.addTeam({ id: user(91), handle: "emea", members: [user(2)] });
    const one = { "user-000000000001@example.com": user(1) };
    expect(await getTeamMembers({ team: "sre" })).to.deep.equal({ ids: one });
    const { ids } = await getTeamMembers({ team: "sre", subTeams: true });
    expect(ids).to.deep.equal({ ...one, "user-000000000002@example.com": user(2) });
  });

  it("gives everybody who can be paged", async () => {
    ctx.simulator.org.addSchedule(user(90), [{ members: [user(1)] }]);
    ctx.simulator.org.addPolicy(user(91), [[{ type: "users", id: user(2) }]]);
    const { ids } = await getOnCallUsers({ schedules: [user(90)], escalationPolicies: [user(91)] });
    expect(Object.values(ids)).to.deep.equal(users(2));
  });

  it("fails with what is wrong with the emails, the request or the configuration, and no stack", async () => {
    async function failure(kind: new (...args: never[]) => Error): Promise<string> {
      const error = await rejection(getUserIds({ emails }));
      expect([pulumi.RunError.isInstance(error), error.stack]).to.deep.equal([true, ""]);
      expect(error.cause).to.be.instanceOf(kind);
      return error.message;
    }
    expect(await failure(SeatsError)).to.include("the users of 2 of 2 emails:");
    ctx.simulator.keys.permissions = [];
    await failure(SeatsApiError);
    Object.assign(process.env, { DD_HOST: "", DD_SITE: "datadoghq.fr" });
    expect(await failure(ConfigurationError)).to.include("datadoghq.fr");
  });
});
