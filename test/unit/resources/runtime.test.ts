import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { programHints, runError } from "../../../provider/src/resources/runtime";
import { mockedResources } from "../../support/mocks";

describe("runError", () => {
  it("is an error of which Pulumi shows the message alone, without a stack", () => {
    const error = runError("no seats left");
    expect(pulumi.RunError.isInstance(error)).to.equal(true);
    expect([error.message, error.stack]).to.deep.equal(["no seats left", ""]);
    expect(error).to.not.have.property("cause");
  });

  it("carries its cause", () => {
    const cause = new Error("404");
    expect(runError("no such product", cause).cause).to.equal(cause);
  });
});

describe("programHints", () => {
  mockedResources(({ name }) => name);

  for (const name of ["team", "sre::team"]) {
    it(`hold the URN that the engine gives a child of ${name}`, async () => {
      const parent = new pulumi.ComponentResource("pkg:index:Team", name);
      const hint = await programHints("pkg:index:Seat", "a::b", { parent }).__urn;
      expect(hint).to.match(/^urn:pulumi:\w+::[\w-]+::pkg:index:Team\$pkg:index:Seat::a::b$/);
    });
  }
});
