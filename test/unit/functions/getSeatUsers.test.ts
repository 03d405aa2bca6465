import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import {
  ConfigurationError,
  getSeatUsers,
  getSeatUsersOutput,
  SeatAssignment,
  SeatsApiError,
} from "../../../provider/src";
import { apiHarness } from "../../support/apiHarness";
import { pointingAt } from "../../support/connection";
import { user } from "../../support/ids";
import { value } from "../../support/mocks";
import { rejection } from "../../support/rejection";

const response = { users: [{ userId: user(1), email: "alice@example.com" }] };

describe("getSeatUsers under pulumi.runtime.setMocks", () => {
  let calls: pulumi.runtime.MockCallArgs[];
  let created: string[];

  /** @param preview whether ids are unknown, as those of resources that a preview would create */
  async function mock(preview: boolean) {
    calls = [];
    created = [];
    await pulumi.runtime.setMocks(
      {
        newResource: ({ name, inputs }) => {
          created.push(name);
          return { id: preview ? undefined : name, state: inputs };
        },
        call: (args) => {
          calls.push({ ...args, inputs: { ...args.inputs, after: [...created] } });
          return response;
        },
      },
      undefined,
      undefined,
      preview,
    );
  }

  const isKnown = (output: unknown) => (output as { isKnown: Promise<boolean> }).isKnown;
  const seat = (name: string, opts?: pulumi.CustomResourceOptions) =>
    new SeatAssignment(name, { productCode: "on_call", userId: user(1) }, opts);

  it("calls the mocks, as functions of Pulumi's providers do", async () => {
    await mock(false);
    expect(await getSeatUsers({ productCode: "on_call" })).to.deep.equal(response);
    expect(calls.map(({ token, inputs }) => [token, inputs])).to.deep.equal([
      ["datadog-seats:index:getSeatUsers", { productCode: "on_call", after: [] }],
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
    expect(await value(listed)).to.deep.equal(response);
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
});

describe("the arguments of getSeatUsers", () => {
  const refused: [unknown, string][] = [
    [
      undefined,
      "The arguments of getSeatUsers are undefined: expected an object with productCode.",
    ],
    [{ product: "x" }, 'Unknown argument "product" of getSeatUsers: expected one of productCode.'],
    [{ productCode: "On Call" }, 'did you mean "on_call"?'],
    [
      { productCode: pulumi.output("on_call") },
      "The productCode of getSeatUsers is an Output: expected a product code",
    ],
    [{ productCode: pulumi.output("on_call") }, "; getSeatUsersOutput takes outputs."],
    [{ productCode: "on_call", org: "eu" }, 'argument "org" of getSeatUsers: a stack has one org'],
  ];
  for (const [args, message] of refused) {
    it(`are refused, under mocks too: ${message.slice(0, 60)}`, async () => {
      await pulumi.runtime.setMocks({
        newResource: () => ({ id: "", state: {} }),
        call: () => ({}),
      });
      const error = await rejection(getSeatUsers(args as never));
      expect(error.message).to.include(message);
      expect([pulumi.RunError.isInstance(error), error.stack]).to.deep.equal([true, ""]);
    });
  }

  it("are refused where they are given, when they may be outputs", () => {
    expect(() => getSeatUsersOutput(undefined as never)).to.throw(
      pulumi.RunError,
      "The arguments of getSeatUsersOutput are undefined: expected an object with productCode.",
    );
  });
});

describe("getSeatUsers without an engine or mocks", () => {
  before(() => pulumi.runtime.resetOptions("", "", -1, "", "", false, ""));

  describe("when it fails", () => {
    const ctx = apiHarness();
    const environment = { ...process.env };
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

    it("gives a program what failed: an error of the configuration", async () => {
      process.env.DD_SITE = "datadoghq.fr";
      delete process.env.DD_HOST;
      const error = await rejection(getSeatUsers({ productCode: "on_call" }));
      expect(error.message).to.include("datadoghq.fr");
      expect((error as { cause?: unknown }).cause).to.be.instanceOf(ConfigurationError);
    });
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
});
