import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { SeatAssignment } from "../../../provider/src";
import { whenCreated } from "../../../provider/src/functions/call";
import { user } from "../../support/ids";
import { mockedResources, value } from "../../support/mocks";

describe("whenCreated", () => {
  mockedResources(({ name }) => `id of ${name}`);
  const seat = (name: string, opts?: pulumi.CustomResourceOptions) =>
    new SeatAssignment(name, { productCode: "on_call", userId: user(1) }, opts);

  it("is empty without resources", async () => {
    expect(await value(whenCreated(undefined))).to.deep.equal([]);
    expect(await value(whenCreated([]))).to.deep.equal([]);
  });

  it("gives the ids of resources and of components' children, each once", async () => {
    const team = new pulumi.ComponentResource("test:index:Team", "team");
    const alice = seat("alice", { parent: team });
    const ids = await value(whenCreated([team, alice, pulumi.output(seat("bob"))]));
    const urn = await value(team.urn);
    expect(ids).to.have.members([urn, "id of alice", "id of bob"]);
  });
});
