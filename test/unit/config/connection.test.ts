import { expect } from "chai";
import { readConnection } from "../../../provider/src/config/connection";
import { nameInProvider, nameInStack } from "../../../provider/src/config/settings";
import { connectionTo } from "../../support/connection";

const keys = { "datadog:apiKey": "stack-api-key", "datadog:appKey": "stack-app-key" };
const read = (config: Record<string, string>, environment: Record<string, string> = {}) =>
  readConnection((key) => config[key], environment);

describe("readConnection", () => {
  it("defaults to Datadog's US1 site and the documented limits", () => {
    const stored = { apiKey: "stack-api-key", appKey: "stack-app-key" };
    const defaults = connectionTo({ url: "https://api.datadoghq.com", keys: stored });
    const names = { ...defaults.names, address: "datadogSeats:site" };
    expect(read(keys)).to.deep.equal({ ...defaults, keysInStack: true, names });
  });

  it("takes the site from the environment, under both families of names", () => {
    const environment = { DD_API_KEY: "a", DD_APP_KEY: "b" };
    const site = { ...environment, DD_SITE: "us5.datadoghq.com" };
    expect(read({}, site).apiUrl).to.equal("https://api.us5.datadoghq.com");
    const host = { ...environment, DATADOG_HOST: "https://h.example/" };
    expect(read({}, host).apiUrl).to.equal("https://h.example");
  });

  it("prefers the stack's configuration to the environment, and a URL to a site", () => {
    const environment = { DD_API_KEY: "a", DD_APP_KEY: "b", DD_HOST: "https://env.example" };
    const site = { ...keys, "datadogSeats:site": "app.datadoghq.eu" };
    expect(read(site, environment).apiUrl).to.equal("https://api.datadoghq.eu");
    const url = { ...site, "datadog:apiUrl": "https://proxy.example/datadog/" };
    expect(read(url, environment).apiUrl).to.equal("https://proxy.example/datadog");
  });

  it("knows whether the stack stores what is in force", () => {
    const environment = { DD_API_KEY: "a", DD_APP_KEY: "b" };
    expect(read({}, environment).keysInStack).to.equal(false);
    for (const [name, key] of Object.entries(keys)) {
      expect(read({ [name]: key }, environment).keysInStack, name).to.equal(true);
    }
    const token = { DD_BEARER_TOKEN: "t" };
    expect(read({ "datadog:apiKey": "a" }, token).keysInStack).to.equal(false);
  });

  it("names the command that checks what is in force, where that is", () => {
    const environment = { DD_API_KEY: "a", DD_APP_KEY: "b" };
    const doctor = (config: Record<string, string>, nameOf = nameInStack) =>
      readConnection((key) => config[key], environment, nameOf).names.doctor;
    expect(doctor({})).to.equal("npx pulumi-datadog-seats doctor");
    const ofStack = "npx pulumi-datadog-seats doctor --config-stack STACK";
    expect(doctor(keys)).to.equal(ofStack);
    expect(doctor({ "datadogSeats:site": "datadoghq.eu" })).to.equal(ofStack);
    expect(doctor({}, nameInProvider)).to.equal("pulumi-resource-datadog-seats doctor");
  });

  it("names the environment alone where there is no stack", () => {
    const failure = (environment: Record<string, string>) => {
      try {
        return readConnection(undefined, environment).names;
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(failure({ DD_APP_KEY: "a" })).to.equal(
      "There is no Datadog API key. Set it in the environment as DD_API_KEY.",
    );
    expect(failure({ DD_API_KEY: "a", DD_APP_KEY: "b" })).to.deep.equal({
      site: "DD_SITE",
      apiUrl: "DD_HOST",
      address: "DD_SITE",
      adoptionPages: "datadogSeats:adoptionPages",
      doctor: "npx pulumi-datadog-seats doctor",
    });
  });

  it("lists the sites when it doesn't know one", () => {
    expect(() => read({ ...keys, "datadogSeats:site": "datadoghq.fr" })).to.throw(
      /datadogSeats:site is "datadoghq.fr", which is not a Datadog site. Expected one of datadoghq.com, us3/,
    );
    expect(() => read(keys, { DD_SITE: "eu" })).to.throw('DD_SITE is "eu", which is not a Datadog');
  });

  it("refuses datadog:site, with or without a URL beside it, and says what to run instead", () => {
    const site = { ...keys, "datadog:site": "datadoghq.eu" };
    for (const config of [site, { ...site, "datadog:apiUrl": "https://api.datadoghq.eu" }]) {
      expect(() => read(config, { DD_SITE: "datadoghq.eu" })).to.throw(
        /^datadog:site is not a setting.* `pulumi config rm datadog:site` and `pulumi config set datadogSeats:site datadoghq\.eu`/,
      );
    }
    expect(() => read({ ...site, "datadog:site": "eu`1`" })).to.throw("datadogSeats:site SITE`");
  });

  it("sends keys unencrypted to this machine only", () => {
    for (const host of ["localhost", "127.0.0.1", "127.9.9.9", "[::1]"]) {
      expect(read({ ...keys, "datadog:apiUrl": `http://${host}:8126` }).apiUrl).to.include(host);
    }
    for (const host of ["example.com", "10.0.0.1", "127.0.0.1.example.com", "localhost.evil.org"]) {
      expect(() => read({ ...keys, "datadog:apiUrl": `http://${host}` }), host).to.throw(
        /where the keys would travel unencrypted. Use https/,
      );
    }
    expect(() => read({ ...keys, "datadog:apiUrl": "ftp://localhost" })).to.throw(/Use https/);
  });

  it("refuses what is not a URL, and a URL with more than an address", () => {
    expect(() => read(keys, { DD_HOST: "api.datadoghq.eu" })).to.throw("DD_HOST is not a URL");
    for (const more of [
      "me:s3cret@h.example",
      "s3cret@h.example",
      "h.example?s3cret",
      "h.example#s3cret",
    ]) {
      expect(() => read({ ...keys, "datadog:apiUrl": `https://${more}` }), more)
        .to.throw(/datadog:apiUrl must be a plain URL/)
        .with.property("message")
        .that.does.not.include("s3cret");
    }
  });

  it("takes the three limits in whole seconds and users, within bounds", () => {
    const limits = {
      ...keys,
      "datadogSeats:pageSize": "500",
      "datadogSeats:requestTimeoutSeconds": "5",
      "datadogSeats:maxWaitSeconds": "60",
    };
    expect(read(limits)).to.include({ pageSize: 500, requestTimeoutMs: 5000, maxWaitMs: 60_000 });
    for (const value of ["1", "10000"]) {
      const { pageSize } = read({ ...keys, "datadogSeats:pageSize": value });
      expect(pageSize).to.equal(Number(value));
    }
    for (const value of ["0", "-1", "1.5", "many", "99999"]) {
      expect(() => read({ ...keys, "datadogSeats:pageSize": value }), value).to.throw(
        `datadogSeats:pageSize is "${value}". Expected a whole number from 1 to 10000.`,
      );
    }
  });

  it("takes a number of pages to look for held seats in, or all of them", () => {
    const pages = (value: string) => read({ ...keys, "datadogSeats:adoptionPages": value });
    expect(pages("0").adoptionPages).to.equal(0);
    expect(pages("25").adoptionPages).to.equal(25);
    expect(pages("all").adoptionPages).to.equal(Number.POSITIVE_INFINITY);
    for (const value of ["-1", "1.5", "none"]) {
      expect(() => pages(value), value).to.throw(
        `datadogSeats:adoptionPages is "${value}". Expected a whole number from 0 to 10000 or "all" (default 10).`,
      );
    }
  });
});
