import { expect } from "chai";
import { checkSettings, previewLookup } from "../../../provider/src/config/settings";

describe("the settings under datadogSeats:", () => {
  it("are refused where there is no such setting, with the one that was probably meant", () => {
    expect(() => checkSettings(["datadogSeats:pagesize"])).to.throw(
      'datadogSeats:pagesize is not a setting: did you mean "datadogSeats:pageSize"? `pulumi config rm datadogSeats:pagesize` removes it.',
    );
    expect(() => checkSettings(["datadogSeats:orgs"])).to.throw(
      /^datadogSeats:orgs is not a setting: a stack has one org, .* `pulumi config rm datadogSeats:orgs` removes it\.$/,
    );
    expect(() => checkSettings(["datadogSeats:colour"])).to.throw(
      "datadogSeats:colour is not a setting: expected one of ",
    );
  });

  it("are those that the documents name, and other namespaces are nobody's business", () => {
    const names = "adoptionPages pageSize requestTimeoutSeconds maxWaitSeconds previewLookup";
    const settings = names.split(" ").map((name) => `datadogSeats:${name}`);
    checkSettings([...settings, "project:pagesize", "aws:region"]);
  });

  it("turn the lookup of a preview off, or are refused", () => {
    const read = (text?: string) => previewLookup(() => text);
    expect([read(), read(""), read("true"), read("false")]).to.deep.equal([
      true,
      true,
      true,
      false,
    ]);
    expect(() => read("no")).to.throw(
      'datadogSeats:previewLookup is "no". Expected true or false (default true).',
    );
  });
});
