import { expect } from "chai";
import { formatUrn, hasDefaultName, nameOfUrn, parseUrn } from "../../../provider/src/model/urn";

const urn = "urn:pulumi:prod::seats::my:index:Team$pulumi:providers:datadog-seats::default::x";

describe("a URN", () => {
  it("is taken apart and put together, with :: in its name", () => {
    const parsed = parseUrn(urn);
    expect(parsed).to.deep.equal({
      stack: "prod",
      project: "seats",
      types: ["my:index:Team", "pulumi:providers:datadog-seats"],
      name: "default::x",
    });
    expect(parsed && formatUrn(parsed)).to.equal(urn);
    expect(nameOfUrn(urn)).to.equal("default::x");
  });

  it("is no other text", () => {
    for (const text of ["", "alice", "a::b::c::d", "urn:pulumi:prod::seats::type"]) {
      expect(parseUrn(text), text).to.equal(undefined);
    }
  });

  it("has a default name where the engine has given it", () => {
    const named = (name: string) => hasDefaultName(`urn:pulumi:prod::seats::type::${name}`);
    expect(["default", "default_0_1_0", "default-eu", "defaults", "eu"].map(named)).to.deep.equal([
      ...[true, true],
      ...[false, false, false],
    ]);
  });
});
