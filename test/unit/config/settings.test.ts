import { expect } from "chai";
import { checkSettings, previewLookup } from "../../../provider/src/config/settings";

const check = (...names: string[]) =>
  checkSettings(Object.fromEntries(names.map((name) => [name, "any"])));

describe("the settings under datadogSeats:", () => {
  it("are refused where there is no such setting, with the one that was probably meant", () => {
    expect(() => check("datadogSeats:pagesize")).to.throw(
      'datadogSeats:pagesize is not a setting: did you mean "datadogSeats:pageSize"? `pulumi config rm datadogSeats:pagesize` removes it.',
    );
    expect(() => check("datadogSeats:orgs")).to.throw(
      /^datadogSeats:orgs is not a setting: a stack has one org, .* `pulumi config rm datadogSeats:orgs` removes it\.$/,
    );
    expect(() => check("datadogSeats:colour")).to.throw(
      "datadogSeats:colour is not a setting: expected one of ",
    );
    expect(() => check("datadogSeats:apiKey")).to.throw(
      'datadogSeats:apiKey is not a setting: did you mean "datadog:apiKey"?',
    );
    expect(() => check("datadog:site")).to.throw("`pulumi config rm datadog:site`");
  });

  it("are those that the documents name, and other namespaces are nobody's business", () => {
    const names = "site adoptionPages pageSize requestTimeoutSeconds maxWaitSeconds previewLookup";
    const settings = names.split(" ").map((name) => `datadogSeats:${name}`);
    check(...settings, "project:pagesize", "aws:region");
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
