import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import sinon from "sinon";
import { reportSeats } from "../../../provider/src/resources/previewReport";
import { user } from "../../support/ids";
import { mockedResources } from "../../support/mocks";

const type = "pulumi-nodejs:dynamic/datadog:SeatAssignment";
const urnOf = (name: string) => `urn:pulumi:test::e2e::${type}::${name}`;

describe("what a preview says of a new seat", () => {
  mockedResources(({ name }) => name);
  afterEach(() => sinon.restore());

  it("names the resource that it moves from, also one with :: in its name", () => {
    const info = sinon.stub(pulumi.log, "info");
    const seat = {
      productCode: "on_call",
      userId: user(1),
      name: "alice",
      urn: urnOf("alice"),
      resource: new pulumi.ComponentResource("pkg:index:Seat", "alice"),
    };
    const held = { email: "alice@example.com" };
    reportSeats([{ seat, kind: "kept", held, from: urnOf("sre::alice") }]);
    expect(info.firstCall.args[0]).to.match(
      /: it moves here from "sre::alice", which leaves it in place\.$/,
    );
  });
});
