import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { runError } from "../../../provider/src/resources/runError";

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
