import { expect } from "chai";
import { SeatAssignment } from "../../../provider/src";
import { user } from "../../support/ids";
import { mockedResources, value } from "../../support/mocks";

describe("SeatAssignment under pulumi.runtime.setMocks", () => {
  const mocks = mockedResources(({ inputs }) => `${inputs.productCode}/${inputs.userId}`);

  it("can be tested like any other resource", async () => {
    const seat = new SeatAssignment("alice", { productCode: "on_call", userId: user(1) });
    expect(await value(seat.id)).to.equal(`on_call/${user(1)}`);
    expect(await value(seat.userId)).to.equal(user(1));
    expect(mocks.created.map(({ type, name }) => [type, name])).to.deep.equal([
      ["pulumi-nodejs:dynamic/datadog:SeatAssignment", "alice"],
    ]);
  });

  it("can be created again by the next test", async () => {
    for (const _ of [1, 2]) {
      const seat = new SeatAssignment("alice", { productCode: "on_call", userId: user(1) });
      await value(seat.id);
    }
    expect(mocks.created).to.have.lengthOf(2);
  });

  it("keeps one short constant text in the state, whatever the arguments", async () => {
    const seat = new SeatAssignment("alice", { productCode: "on_call", userId: user(1) });
    await value(seat.id);
    // State of every release holds this text: changing it orphans all of them.
    expect(mocks.created[0]?.inputs.__provider).to.equal(
      'exports.handler=()=>require("pulumi-datadog-seats/dynamic").SeatAssignment',
    );
  });

  it("recognises its instances", () => {
    const seat = new SeatAssignment("alice", { productCode: "on_call", userId: user(1) });
    expect(SeatAssignment.isInstance(seat)).to.equal(true);
    expect(SeatAssignment.isInstance({})).to.equal(false);
  });
});
