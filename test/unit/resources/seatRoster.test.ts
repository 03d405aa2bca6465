import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { SeatRoster } from "../../../provider/src";
import { user } from "../../support/ids";
import { mockedResources, value } from "../../support/mocks";

const args = { productCode: "on_call", members: { alice: user(1) } };

describe("SeatRoster under pulumi.runtime.setMocks", () => {
  const mocks = mockedResources(({ inputs }) => `${inputs.productCode}/roster`);

  it("can be tested like any other resource", async () => {
    const roster = new SeatRoster("team", { ...args, exclusive: true, maxRemovals: 2 });
    expect(await value(roster.id)).to.equal("on_call/roster");
    expect(await value(roster.members)).to.deep.equal({ alice: user(1) });
    expect(await value(roster.maxRemovals)).to.equal(2);
    expect(mocks.created.map(({ type, name }) => [type, name])).to.deep.equal([
      ["pulumi-nodejs:dynamic/datadog:SeatRoster", "team"],
    ]);
  });

  it("resolves members that are outputs, and a map of members that is one", async () => {
    const single = { ...args, members: { alice: user(1), bob: pulumi.output(user(2)) } };
    const expected = { alice: user(1), bob: user(2) };
    expect(await value(new SeatRoster("single", single).members)).to.deep.equal(expected);
    const whole = { ...args, members: pulumi.output(expected) };
    expect(await value(new SeatRoster("whole", whole).members)).to.deep.equal(expected);
  });

  it("refuses a member without a value, and names it", () => {
    for (const missing of [undefined, null]) {
      const members = { alice: user(1), bob: missing as unknown as string };
      expect(() => new SeatRoster("team", { ...args, members }))
        .to.throw(pulumi.RunError, `The member "bob" of the SeatRoster "team" is ${missing}: `)
        .with.property("stack", "");
    }
  });

  it("keeps one short constant text in the state, whatever the arguments", async () => {
    await value(new SeatRoster("team", args).id);
    // State of every release holds this text: changing it orphans all of them.
    expect(mocks.created[0]?.inputs.__provider).to.equal(
      'exports.handler=()=>require("pulumi-datadog-seats/dynamic").SeatRoster',
    );
  });

  it("recognises its instances", () => {
    expect(SeatRoster.isInstance(new SeatRoster("team", args))).to.equal(true);
    expect(SeatRoster.isInstance({})).to.equal(false);
  });
});
