import { expect } from "chai";
import { readConnection } from "../../../provider/src/config/connection";

const eu = { apiKey: "eu-api-key", appKey: "eu-app-key", site: "datadoghq.eu" };
const defaults = { "datadog:apiKey": "api-key", "datadog:appKey": "app-key" };
const environment = { DD_API_KEY: "a", DD_APP_KEY: "b", DD_SITE: "us5.datadoghq.com" };
const config = (orgs: unknown) => (key: string) =>
  ({
    ...defaults,
    "datadogSeats:maxWaitSeconds": "60",
    "datadogSeats:orgs": typeof orgs === "string" ? orgs : JSON.stringify(orgs),
  })[key];
const read = (orgs: unknown, org = "eu") => readConnection(config(orgs), environment, org);

describe("readConnection for a named org", () => {
  it("reads the org's own keys and site, with the limits of all orgs", () => {
    expect(read({ eu })).to.include({
      org: "eu",
      apiUrl: "https://api.datadoghq.eu",
      apiKey: "eu-api-key",
      appKey: "eu-app-key",
      keysInStack: true,
      maxWaitMs: 60_000,
    });
    const url = { ...eu, apiKey: " eu-api-key\n", apiUrl: "https://proxy.example/eu/" };
    const { apiUrl, apiKey, names } = read({ eu: url });
    expect([apiUrl, apiKey]).to.deep.equal(["https://proxy.example/eu", "eu-api-key"]);
    expect(names).to.deep.equal({
      site: "datadogSeats:orgs.eu.site",
      apiUrl: "datadogSeats:orgs.eu.apiUrl",
      address: "datadogSeats:orgs.eu.apiUrl",
      maxWait: "datadogSeats:maxWaitSeconds",
      adoptionPages: "datadogSeats:adoptionPages",
    });
  });

  it("takes nothing from the default org or the environment, but says what is missing and how to set it", () => {
    const parts = { apiKey: "API key", appKey: "application key", site: "site" };
    for (const [part, what] of Object.entries(parts)) {
      for (const without of [undefined, " "]) {
        const secret = part === "site" ? "" : "--secret ";
        const value = part === "site" ? " datadoghq.eu" : "";
        expect(() => read({ eu: { ...eu, [part]: without } })).to.throw(
          `The org "eu" has no ${what}. Set it with \`pulumi config set ${secret}--path 'datadogSeats:orgs.eu.${part}'${value}\`.`,
        );
      }
    }
  });

  it("refuses a name that the configuration doesn't hold, and lists those that it does", () => {
    expect(() => read({ eu, "us.gov": eu }, "ap")).to.throw(
      'There is no org "ap": datadogSeats:orgs holds "eu", "us.gov". Set its keys with',
    );
    for (const nothing of [undefined, "", " "]) {
      expect(() => read(nothing)).to.throw('There is no org "eu": datadogSeats:orgs is not set.');
    }
    expect(() => read({ eu }, "constructor")).to.throw('There is no org "constructor"');
  });

  it("names the setting as Pulumi takes it, even where the org's name holds a dot", () => {
    expect(() => read({ "us.gov": {} }, "us.gov")).to.throw(
      `--path 'datadogSeats:orgs["us.gov"].site'`,
    );
  });

  it("refuses configuration that is not an object of orgs, without showing what it is", () => {
    for (const text of ["s3cret", '["s3cret"]', "null", '{"eu": "s3cret"}', '{"eu": ["s3cret"]}']) {
      expect(() => read(text), text)
        .to.throw(/is not an object.*Set its keys with/)
        .with.property("message")
        .that.does.not.include("s3cret");
    }
    expect(() => read({ eu: { ...eu, appKey: 12345 } })).to.throw(
      "datadogSeats:orgs.eu.appKey is not a string. Set it again, with --secret.",
    );
    expect(() => read({ eu: { ...eu, apiKey: "sec ret" } })).to.throw(
      "The Datadog API key (datadogSeats:orgs.eu.apiKey) holds characters that no key has",
    );
    expect(() => read({ eu: { ...eu, site: "datadoghq.fr" } })).to.throw(
      'datadogSeats:orgs.eu.site is "datadoghq.fr", which is not a Datadog site.',
    );
  });

  it("holds the keys of all orgs as secrets, so that no message shows one", () => {
    const us = { ...eu, apiKey: " us-api-key\n", appKey: 7 };
    const all = ["api-key", "app-key", "a", "b", "eu-api-key", "eu-app-key", "us-api-key"];
    expect(read({ eu, us, odd: null }).secrets).to.deep.equal(all);
    expect(readConnection(config({ us }), {}).secrets).to.include("us-api-key");
  });

  it("reads the default org even when the named ones can't be read", () => {
    const { org, apiKey } = readConnection(config("{"), {});
    expect([org, apiKey]).to.deep.equal([undefined, "api-key"]);
  });
});
