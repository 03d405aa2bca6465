import { expect } from "chai";
import { findCredentials, toCredentials } from "../../../provider/src/config/credentials";
import { nameInProvider, nameInStack } from "../../../provider/src/config/settings";

type Values = Record<string, string>;

const find = (config: Values | undefined, environment: Values = {}, nameOf = nameInStack) =>
  findCredentials(config && ((name) => config[name]), environment, nameOf);
const read = (config: Values | undefined, environment: Values = {}, nameOf = nameInStack) =>
  toCredentials(find(config, environment, nameOf).findings);

const keys = { "datadog:apiKey": "stack-api-key", "datadog:appKey": "stack-app-key" };
const pair = { apiKey: "stack-api-key", appKey: "stack-app-key" };
const token = { "datadog:bearerToken": "stack-token" };
const DD_KEYS = { DD_API_KEY: "a", DD_APP_KEY: "b" };
const DD_TOKEN = { DD_BEARER_TOKEN: "t" };

/** What is given, and what is in force then. */
const ORDER: readonly [what: string, config: Values, environment: Values, inForce: object][] = [
  ["keys of the environment", {}, DD_KEYS, { apiKey: "a", appKey: "b" }],
  [
    "keys under the other names",
    {},
    { DATADOG_API_KEY: "c", DATADOG_APP_KEY: "d" },
    { apiKey: "c", appKey: "d" },
  ],
  [
    "keys under both families of names",
    {},
    { ...DD_KEYS, DATADOG_API_KEY: "c", DATADOG_APP_KEY: "d" },
    { apiKey: "a", appKey: "b" },
  ],
  ["a token of the environment beside keys", {}, { ...DD_KEYS, ...DD_TOKEN }, { token: "t" }],
  ["a token under the other name", {}, { DATADOG_BEARER_TOKEN: "u" }, { token: "u" }],
  ["keys of the stack beside all of the environment", keys, { ...DD_KEYS, ...DD_TOKEN }, pair],
  ["a token of the stack beside its keys", { ...keys, ...token }, {}, { token: "stack-token" }],
  ["a token of the stack beside one of the environment", token, DD_TOKEN, { token: "stack-token" }],
  [
    "one key of the stack, and the other of the environment, beside a token there",
    { "datadog:apiKey": "x" },
    { ...DD_KEYS, ...DD_TOKEN },
    { apiKey: "x", appKey: "b" },
  ],
  ["one key of the stack alone", { "datadog:apiKey": "x" }, DD_TOKEN, { token: "t" }],
  [
    "a token as the stack's application key, without an API key",
    { "datadog:appKey": "ddpat_1" },
    DD_TOKEN,
    { token: "ddpat_1" },
  ],
  [
    "a token as the application key",
    {},
    { ...DD_KEYS, DD_APP_KEY: "ddsat_1" },
    { token: "ddsat_1" },
  ],
  [
    "empty values, and a key that was read from a file with its line break",
    { "datadog:apiKey": " ", "datadog:bearerToken": "" },
    { DD_API_KEY: "key\n", DD_APP_KEY: "", DATADOG_APP_KEY: "app" },
    { apiKey: "key", appKey: "app" },
  ],
];

describe("the credentials", () => {
  for (const [what, config, environment, inForce] of ORDER) {
    it(`in force: ${what}`, () => {
      expect(read(config, environment)).to.deep.equal(inForce);
    });
  }

  it("name all that is missing at once, both ways to set it, and the token that takes its place", () => {
    expect(() => read({})).to.throw(
      "There is no Datadog API key. Set it with `pulumi config set --secret datadog:apiKey` or in the environment as DD_API_KEY. There is no Datadog application key. Set it with `pulumi config set --secret datadog:appKey` or in the environment as DD_APP_KEY. An access token, datadog:bearerToken or DD_BEARER_TOKEN, takes the place of both.",
    );
    expect(() => read(undefined)).to.throw(
      "There is no Datadog API key. Set it in the environment as DD_API_KEY. There is no Datadog application key. Set it in the environment as DD_APP_KEY. An access token, DD_BEARER_TOKEN, takes the place of both.",
    );
    expect(() => read({}, { DD_API_KEY: "a" }, nameInProvider)).to.throw(
      /^There is no Datadog application key\. Set it with `pulumi config set --secret datadog-seats:appKey` or in the environment as DD_APP_KEY\.$/,
    );
  });

  it("name settings that were probably meant for what is missing", () => {
    for (const name of ["datadog:apikey", "datadog:api_key", "apiKey", "datadog:bearer_token"]) {
      expect(() => read({ [name]: "any" }), name).to.throw(
        `Nothing reads ${name}: \`pulumi config rm ${name}\` removes it.`,
      );
      read({ ...keys, [name]: "any" });
    }
  });

  it("are never shown where they are malformed", () => {
    for (const [name, what] of [
      ["datadog:apiKey", "API key"],
      ["datadog:bearerToken", "access token"],
    ] as const) {
      expect(() => read({ ...keys, [name]: "sec ret" }))
        .to.throw(`The Datadog ${what} (${name}) holds characters that no key has.`)
        .with.property("message")
        .that.does.not.include("sec ret");
    }
  });

  it("are all secret, in force or not", () => {
    const other = { DATADOG_API_KEY: "c", DATADOG_BEARER_TOKEN: "d", DD_SITE: "datadoghq.eu" };
    expect(
      find({ ...keys, ...token }, { ...DD_KEYS, ...DD_TOKEN, ...other }).secrets,
    ).to.have.members(["stack-api-key", "stack-app-key", "stack-token", "a", "b", "t", "c", "d"]);
  });
});
