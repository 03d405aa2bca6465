import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { SeatAssignment } from "../../../provider/src";
import { created } from "../../../provider/src/functions/created";
import { user } from "../../support/ids";
import { mockedResources, value } from "../../support/mocks";

describe("created", () => {
  mockedResources(({ name }) => `id of ${name}`);
  const seat = (name: string, opts?: pulumi.CustomResourceOptions) =>
    new SeatAssignment(name, { productCode: "on_call", userId: user(1) }, opts);

  it("is empty without resources", async () => {
    expect(await value(created(undefined))).to.deep.equal([]);
    expect(await value(created([]))).to.deep.equal([]);
  });

  it("gives the ids of resources and of components' children, each once", async () => {
    const team = new pulumi.ComponentResource("test:index:Team", "team");
    const alice = seat("alice", { parent: team });
    const ids = await value(created([team, alice, pulumi.output(seat("bob"))]));
    const urn = await value(team.urn);
    expect(ids).to.have.members([urn, "id of alice", "id of bob"]);
  });
});
