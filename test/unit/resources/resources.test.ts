import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { SeatAssignment, SeatRoster, TeamSeats } from "../../../provider/src";
import { user } from "../../support/ids";
import { mockedResources, value } from "../../support/mocks";

const seat = { productCode: "on_call", userId: user(1) };
const args = { productCode: "on_call", members: { alice: user(1) }, exclusive: true };

describe("the resources under pulumi.runtime.setMocks", () => {
  const mocks = mockedResources(
    ({ inputs }) => `${inputs.productCode}/${inputs.userId ?? "roster"}`,
  );

  it("can be tested like any others, and be created again by the next test", async () => {
    for (const _ of [1, 2]) {
      const alice = new SeatAssignment("alice", seat);
      expect(await value(alice.id)).to.equal(`on_call/${user(1)}`);
      expect(await value(alice.userId)).to.equal(user(1));
      const team = new SeatRoster("team", { ...args, maxRemovals: 2 });
      expect(await value(team.id)).to.equal("on_call/roster");
      expect(await value(team.members)).to.deep.equal({ alice: user(1) });
      expect(await value(team.maxRemovals)).to.equal(2);
    }
    const created = mocks.created.map(({ type, name }) => [type, name]);
    const both = [
      ["pulumi-nodejs:dynamic/datadog:SeatAssignment", "alice"],
      ["pulumi-nodejs:dynamic/datadog:SeatRoster", "team"],
    ];
    expect(created).to.deep.equal([...both, ...both]);
  });

  it("keep one short constant text in the state, whatever the arguments", async () => {
    await value(new SeatAssignment("alice", seat).id);
    await value(new SeatRoster("team", args).id);
    // State of every release holds this text: changing it orphans all of them.
    const text = (name: string) =>
      `exports.handler=()=>{try{return require("pulumi-datadog-seats/dynamic").${name}}catch(e){e.stack="";e.message=e.message.split("\\n")[0]+": run npm install pulumi-datadog-seats";throw e}}`;
    expect(mocks.created.map(({ inputs }) => inputs.__provider)).to.deep.equal([
      text("SeatAssignment"),
      text("SeatRoster"),
    ]);
  });

  it("recognise their instances", () => {
    const all = [new SeatAssignment("alice", seat), new SeatRoster("team", args), {}, null];
    expect(all.map(SeatAssignment.isInstance)).to.deep.equal([true, false, false, false]);
    expect(all.map(SeatRoster.isInstance)).to.deep.equal([false, true, false, false]);
  });

  it("recognise what older versions of @pulumi/policy show them: a type without a resource", () => {
    for (const resource of [SeatAssignment, SeatRoster, TeamSeats]) {
      const { __pulumiType } = resource;
      expect(resource.isInstance({ __pulumiType })).to.equal(true);
      expect(resource.isInstance({ __pulumiType: "aws:s3:Bucket" })).to.equal(false);
    }
  });

  it("resolve a roster's members that are outputs, and a map of members that is one", async () => {
    const single = { ...args, members: { alice: user(1), bob: pulumi.output(user(2)) } };
    const expected = { alice: user(1), bob: user(2) };
    expect(await value(new SeatRoster("single", single).members)).to.deep.equal(expected);
    const whole = { ...args, members: pulumi.output(expected) };
    expect(await value(new SeatRoster("whole", whole).members)).to.deep.equal(expected);
  });

  it("refuse a roster's member without a value, and names it", () => {
    for (const missing of [undefined, null]) {
      const members = { alice: user(1), bob: missing as unknown as string };
      expect(() => new SeatRoster("team", { ...args, members }))
        .to.throw(pulumi.RunError, `The member "bob" of the SeatRoster "team" is ${missing}: `)
        .with.property("stack", "");
    }
  });
});
