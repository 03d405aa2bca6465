import { expect } from "chai";
import { UNKNOWN } from "../../../provider/src/lifecycle/inputs";
import {
  argumentProblems,
  argumentWarning,
  SECRET_ARGUMENTS,
} from "../../../provider/src/plugin/configuration";
import { pathOf } from "../../../provider/src/plugin/properties";

const keys = { apiKey: "an-api-key", appKey: "an-app-key" };
const token = { bearerToken: "ddpat_a-token" };
const urn = (name = "default", project = "seats") =>
  `urn:pulumi:prod::${project}::pulumi:providers:datadog-seats::${name}`;
const problems = (args: Record<string, unknown>, name?: string) =>
  argumentProblems(args, urn(name));
const schema = require("../../../provider/schema.json");

const refused = [
  ["an unknown name", { pagesize: 5 }, /^Unknown argument "pagesize".* did you mean "pageSize"\?$/],
  ["an org", { orgs: "{}" }, /^Unknown argument "orgs".*: a stack has one org/],
  ["no key", { appKey: undefined }, /^There is no Datadog application key.* datadog-seats:appKey`/],
  ["a broken key", { apiKey: "a b" }, /^The Datadog API key \(datadog-seats:apiKey\)/],
  ["an unknown site", { site: "datadoghq.de" }, /^datadog-seats:site is "datadoghq.de"/],
  ["plain http", { apiUrl: "http://example.com" }, /^datadog-seats:apiUrl is http:\/\/example.com/],
  ["a number out of range", { pageSize: 0 }, /^datadog-seats:pageSize is "0"\. Expected a whole/],
  [
    "a limit that is none",
    { seatLimit: { on_call: -1 } },
    /^datadog-seats:seatLimit of on_call is/,
  ],
  ["a word for a boolean", { previewLookup: "no" }, /^datadog-seats:previewLookup is "no"/],
] as const;

describe("the arguments of the plugin's provider", () => {
  it("are those of its schema, and of the configuration", () => {
    const names = Object.keys(schema.provider.inputProperties);
    expect(Object.keys(schema.config.variables)).to.deep.equal(names);
    const values = {
      adoptionPages: "all",
      previewLookup: true,
      previewPeak: false,
      site: "datadoghq.eu",
    };
    const given = {
      ...Object.fromEntries(names.map((name) => [name, 7])),
      ...values,
      seatLimit: { on_call: 7 },
      ...keys,
      ...token,
    };
    expect(problems({ ...given, apiUrl: "https://api.datadoghq.eu" })).to.deep.equal([]);
  });

  it("may be a token in place of the keys, as secret as these", () => {
    expect(problems(token)).to.deep.equal([]);
    expect([...SECRET_ARGUMENTS]).to.have.members(["apiKey", "appKey", "bearerToken"].map(pathOf));
  });

  for (const [what, args, problem] of refused) {
    it(`are refused for ${what}, by their own names`, () => {
      const [first, ...others] = problems({ ...keys, ...args });
      expect(first).to.match(problem);
      expect(others).to.deep.equal([]);
    });
  }

  it("of an explicit provider don't come from the stack's configuration, and a failure says so", () => {
    const problem = (name: string) => problems({}, name)[0];
    expect(problem("eu")).to.match(
      /^There is no Datadog API key.* The provider "eu" takes its settings as arguments, such as `apiKey`: those of the stack's configuration are for the default provider only\.$/,
    );
    for (const name of ["default", "default_0_1_0"]) {
      expect(problem(name)).to.match(/^There is no Datadog API key.*takes the place of both\.$/);
    }
  });

  it("may be those of the project where it has the plugin's name: a warning says that they are ignored", () => {
    const given = { ...keys, region: "eu-west-1", pagesize: 5, version: "1.0.0" };
    const own = urn("default", "datadog-seats");
    expect(argumentProblems(given, own)).to.deep.equal([]);
    expect(argumentWarning(given, own)).to.equal(
      "Not settings of the plugin datadog-seats, and ignored by it: datadog-seats:region, datadog-seats:pagesize. The project has the plugin's name, so they may be its own.",
    );
    expect(argumentProblems({ ...given, pageSize: 0 }, own)).to.have.lengthOf(1);
    expect(argumentWarning(keys, own)).to.equal(undefined);
    for (const other of [urn("eu", "datadog-seats"), urn()]) {
      expect(argumentProblems(given, other)).to.have.lengthOf(2);
      expect(argumentWarning(given, other)).to.equal(undefined);
    }
  });

  it("are checked as far as they are known, with the engine's own among them", () => {
    const unknown = { apiKey: UNKNOWN, appKey: UNKNOWN, site: UNKNOWN, pageSize: UNKNOWN };
    expect(problems({ ...unknown, version: "1.0.0" })).to.deep.equal([]);
  });
});
