import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import {
  ConfigurationError,
  getUserIds,
  getUserIdsOutput,
  SeatRoster,
  SeatsApiError,
  SeatsError,
  TeamSeats,
} from "../../../provider/src";
import { apiHarness } from "../../support/apiHarness";
import { pointingAt } from "../../support/connection";
import { user } from "../../support/ids";
import { value } from "../../support/mocks";
import { rejection } from "../../support/rejection";

const emails = ["alice@example.com", "bob@example.com"] as const;
const response = { ids: { "alice@example.com": user(1), "bob@example.com": user(2) } };

describe("getUserIds under pulumi.runtime.setMocks", () => {
  let calls: pulumi.runtime.MockCallArgs[];
  let created: pulumi.runtime.MockResourceArgs[];

  beforeEach(async () => {
    calls = [];
    created = [];
    const mocks: pulumi.runtime.Mocks = {
      newResource: (args) => {
        created.push(args);
        return { id: undefined, state: args.inputs };
      },
      call: (args) => {
        calls.push(args);
        return response;
      },
    };
    await pulumi.runtime.setMocks(mocks, undefined, undefined, true);
  });

  const isKnown = (output: unknown) => (output as { isKnown: Promise<boolean> }).isKnown;

  it("calls the mocks, as functions of Pulumi's providers do", async () => {
    expect(await getUserIds({ emails })).to.deep.equal(response);
    expect(calls.map(({ token, inputs }) => [token, inputs])).to.deep.equal([
      ["datadog-seats:index:getUserIds", { emails: [...emails] }],
    ]);
  });

  it("gives what a team and a roster take as members", async () => {
    const { ids } = await getUserIds({ emails });
    const team = new TeamSeats("sre", { products: ["on_call"], members: ids });
    const seat = team.seats.on_call["alice@example.com"];
    expect(await value(seat.userId)).to.equal(user(1));
    const members = getUserIdsOutput({ emails: pulumi.output([...emails]) }).ids;
    const roster = new SeatRoster("team", { productCode: "on_call", members });
    expect(await value(roster.members)).to.deep.equal(response.ids);
  });

  it("asks nothing in a preview while an email is unknown", async () => {
    const unknown = new SeatRoster("other", { productCode: "on_call", members: {} }).id;
    const ids = getUserIdsOutput({ emails: ["alice@example.com", unknown] });
    expect(await isKnown(ids)).to.equal(false);
    expect(calls).to.deep.equal([]);
    expect(await isKnown(getUserIdsOutput({ emails }))).to.equal(true);
  });
});

describe("the arguments of getUserIds", () => {
  const refused: [unknown, string][] = [
    [undefined, "The arguments of getUserIds are undefined: expected an object with emails."],
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
    [{ emails: ["x".repeat(9999)] }, "…: expected an email such as"],
  ];
  for (const [args, message] of refused) {
    it(`are refused: ${message.slice(0, 60)}`, async () => {
      const error = await rejection(getUserIds(args as never));
      expect(error.message).to.include(message).and.have.property("length").that.is.below(500);
      expect([pulumi.RunError.isInstance(error), error.stack]).to.deep.equal([true, ""]);
    });
  }

  it("are refused where they are given, when they may be outputs", () => {
    expect(() => getUserIdsOutput(undefined as never)).to.throw(
      pulumi.RunError,
      "The arguments of getUserIdsOutput are undefined: expected an object with emails.",
    );
  });
});

describe("getUserIds without an engine or mocks", () => {
  const ctx = apiHarness();
  const environment = { ...process.env };
  before(() => pulumi.runtime.resetOptions("", "", -1, "", "", false, ""));
  beforeEach(() => Object.assign(process.env, pointingAt(ctx.simulator)));
  afterEach(() => {
    process.env = { ...environment };
  });

  it("asks Datadog with the keys of the environment", async () => {
    ctx.simulator.org.addUser(user(3), { email: "alice@example.com" });
    const { ids } = await getUserIds({ emails: ["Alice@example.com"] });
    expect(ids).to.deep.equal({ "Alice@example.com": user(3) });
  });

  it("fails with what is wrong with the emails, the configuration or the request, and no stack", async () => {
    const endings = {
      unknown: await rejection(getUserIds({ emails })),
      request: await rejection(
        (() => {
          ctx.simulator.keys.permissions = [];
          return getUserIds({ emails });
        })(),
      ),
      configuration: await rejection(
        (() => {
          process.env.DD_HOST = "";
          process.env.DD_SITE = "datadoghq.fr";
          return getUserIds({ emails });
        })(),
      ),
    };
    const kinds = {
      unknown: SeatsError,
      configuration: ConfigurationError,
      request: SeatsApiError,
    };
    for (const [what, error] of Object.entries(endings)) {
      expect([pulumi.RunError.isInstance(error), error.stack], what).to.deep.equal([true, ""]);
      expect(error.cause).to.be.instanceOf(kinds[what as keyof typeof kinds]);
    }
    expect(endings.unknown.message).to.include("the users of 2 of 2 emails:");
  });
});
