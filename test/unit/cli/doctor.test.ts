import { expect } from "chai";
import { examine, type Site } from "../../../provider/src/cli/doctor";
import { namesIn } from "../../../provider/src/config/settings";
import { Simulator } from "../../../simulator/src";
import { skippingWaits } from "../../support/clock";
import { pointingAt } from "../../support/connection";
import { users } from "../../support/ids";

const keys = { apiKey: "the-api-key", appKey: "the-app-key" };

describe("examine", () => {
  let here: Simulator;
  let there: Simulator;
  let logged: string[];

  beforeEach(async () => {
    logged = [];
    here = await Simulator.start({ keys });
    there = await Simulator.start({ keys: { apiKey: "another", appKey: "another" } });
    for (const id of users(3)) here.org.claim("on_call", id);
  });
  afterEach(async () => {
    await here.stop();
    await there.stop();
  });

  /** Every finding as "state what", and all explanations in one text. */
  async function examined(
    changes: Record<string, string | undefined> = {},
    sites?: Site[],
    more: { stack?: Record<string, string>; products?: string[] } = {},
  ) {
    const { products = ["on_call"], ...stack } = more;
    const { stack: config } = stack;
    const sources = {
      environment: { ...pointingAt(here), ...changes },
      nameOf: namesIn(config ?? {}),
      ...(config && { stack: (name: string) => config[name] }),
    };
    const findings: string[] = [];
    let text = "";
    const all = sites ?? [
      ["here", here.url],
      ["there", there.url],
    ];
    await skippingWaits(async () => {
      const checks = examine(sources, products, (line) => logged.push(line), all);
      for await (const { state, what, explanation } of checks) {
        findings.push(`${state} ${what}`);
        text += `${explanation}\n`;
      }
    });
    for (const key of [...Object.values(keys), "wrong"]) expect(text).to.not.include(key);
    return { findings, text };
  }
  const settings = ["ok API key", "ok application key"];
  const connected = [...settings, "ok site", "ok API key at Datadog"];
  const notChecked = "unknown all else";

  it("finds nothing wrong with the right settings, and changes nothing", async () => {
    const { findings } = await examined();
    expect(findings).to.deep.equal([
      ...connected,
      "ok application key at Datadog",
      "ok permission to see seats",
      "ok permission to change seats",
      "ok permission to see users",
      "ok permission to see teams",
      "ok permission to see who is on call",
    ]);
    expect(here.org.holders("on_call")).to.deep.equal(users(3));
    expect(here.requests.filter(({ method }) => method !== "GET")).to.have.length(1);
    expect(logged).to.deep.equal([]);
    expect(there.count()).to.equal(0);
  });

  it("reports every setting that is missing or malformed, before any request", async () => {
    const { findings, text } = await examined({
      DD_API_KEY: undefined,
      DD_APP_KEY: "two words",
      DD_HOST: "",
      DD_SITE: "datadoghq.fr",
    });
    expect(findings).to.deep.equal([
      "failed API key",
      "failed application key",
      "failed settings",
      notChecked,
    ]);
    expect(text).to.include("in the environment as DD_API_KEY").and.include("Expected one of");
    expect(here.count()).to.equal(0);
  });

  it("takes a stack's configuration before the environment, and names its settings", async () => {
    const stack = { "datadog:apiUrl": there.url, "datadog:appKey": "two words" };
    const { findings, text } = await examined({}, undefined, { stack });
    expect(findings[1]).to.equal("failed application key");
    expect(text.split("\n")[1]).to.include("datadog:appKey");
    expect(text).to.include("set datadogSeats:site=here, and leave datadog:apiUrl unset.");
  });

  it("reads the settings of the native plugin where the stack has any", async () => {
    const stack = { "datadog:appKey": "two words", "datadog-seats:apiUrl": there.url };
    const { text } = await examined({}, undefined, { stack });
    expect(text).to.include("set datadog-seats:site=here, and leave datadog-seats:apiUrl unset.");
  });

  it("checks an access token, whether or not the API key is right, and names where it comes from", async () => {
    const token = "ddpat_the-access-token";
    Object.assign(here.keys, { token });
    for (const [name, changes] of [
      ["DD_BEARER_TOKEN", { DD_BEARER_TOKEN: token }],
      ["DD_APP_KEY", { DD_APP_KEY: token, DD_API_KEY: "wrong" }],
    ] as const) {
      const { findings, text } = await examined(changes);
      expect(findings.slice(0, 4)).to.deep.equal([
        "ok access token",
        "ok site",
        "ok access token at Datadog",
        "ok permission to see seats",
      ]);
      expect(text).to.include(`${name} is set`).and.not.include(token);
    }
  });

  it("goes on with a token that works although Datadog can't be asked about it", async () => {
    const { token } = here.keys;
    here.faults.add({ method: "GET", status: 403, times: 2 });
    const { findings } = await examined({ DD_BEARER_TOKEN: token });
    expect(findings).to.include("ok access token at Datadog");
    const wrong = await examined({ DD_BEARER_TOKEN: "wrong" });
    expect(wrong.findings).to.include("failed access token at Datadog");
    expect(there.count()).to.equal(0);
  });

  it("recognises keys that are swapped, and asks no other site then", async () => {
    const { findings, text } = await examined({ DD_API_KEY: keys.appKey, DD_APP_KEY: keys.apiKey });
    expect(findings).to.deep.equal([
      ...settings,
      "ok site",
      "failed API key at Datadog",
      notChecked,
    ]);
    expect(text).to.include("DD_APP_KEY holds an API key: exchange it with DD_API_KEY.");
    expect(there.count()).to.equal(0);
  });

  it("lists the seats of every product that it is given", async () => {
    const { findings, text } = await examined({}, [], { products: ["on_call", "x"] });
    expect(text).to.match(/listing on_call seats .*\nlisting x seats /);
    expect(findings.filter((one) => one.startsWith("ok permission to see seats"))).to.have.length(
      2,
    );
  });

  it("checks the API key alone without an application key", async () => {
    const { findings } = await examined({ DD_APP_KEY: undefined });
    expect(findings).to.deep.equal([
      "ok API key",
      "failed application key",
      "ok site",
      "ok API key at Datadog",
      notChecked,
    ]);
  });

  it("shows Datadog's words unchanged without an application key", async () => {
    here.faults.add({ status: 401, body: { errors: ["The header dd-api-key is missing"] } });
    const { text } = await examined({ DD_APP_KEY: undefined }, []);
    expect(text).to.include("401 Unauthorized: The header dd-api-key is missing.");
  });

  it("reports an API key that no site knows", async () => {
    const { findings, text } = await examined({ DD_API_KEY: "wrong" });
    expect(findings).to.deep.equal([
      ...settings,
      "ok site",
      "failed API key at Datadog",
      notChecked,
    ]);
    expect(text).to.include("no site of Datadog knows it: it is mistyped, revoked");
    expect(logged).to.deep.equal([
      "Asking Datadog's other sites whether they know the API key: there.",
    ]);
    expect(there.requests.map(({ url }) => url)).to.deep.equal(["/api/v1/validate"]);
  });

  it("reports a wrong site, and names the one that knows the API key", async () => {
    const { findings, text } = await examined({ DD_HOST: there.url });
    expect(findings.slice(2)).to.deep.equal(["ok site", "failed API key at Datadog", notChecked]);
    expect(text).to.include("set DD_SITE=here, and leave DD_HOST unset");
  });

  it("names the sites that could not tell", async () => {
    there.faults.add({ status: 503, times: 9 });
    const { text } = await examined({ DD_API_KEY: "wrong" });
    expect(text).to.include("(there could not tell.)");
  });

  it("sends the API key to no other site when the URL is not one of them", async () => {
    const { findings, text } = await examined({ DD_API_KEY: "wrong" }, [["there", there.url]]);
    expect(findings).to.include("failed API key at Datadog");
    expect(text).to.include("responded with 403: Forbidden").and.include("not one of them");
    expect(there.count()).to.equal(0);
    expect(logged).to.deep.equal([]);
  });

  it("reports a server that is not Datadog's", async () => {
    for (const status of [200, 404]) {
      here.faults.add({ status, body: "<h1>Welcome</h1>" });
      const { findings, text } = await examined();
      expect(findings).to.deep.equal([...settings, "failed site", notChecked]);
      expect(text).to.include("heck that DD_HOST is right.");
    }
  });

  it("blames the proxy for what only a proxy says", async () => {
    here.faults.add({ status: 407 });
    const { findings, text } = await examined();
    expect(findings).to.deep.equal([...settings, "failed site", notChecked]);
    expect(text)
      .to.include("Check the user and the password in HTTPS_PROXY")
      .and.not.include("This is not Datadog's API");
  });

  it("reports a server that does not respond, and leaves one in trouble open", async () => {
    here.faults.add({ instead: "drop", times: 9 });
    const unreachable = await examined();
    expect(unreachable.findings).to.deep.equal([...settings, "failed site", notChecked]);
    expect(unreachable.text).to.include("Check the network, and that DD_HOST is right.");

    here.faults.clear();
    here.faults.add({ status: 503, times: 9 });
    expect((await examined()).findings).to.deep.equal([...settings, "unknown site", notChecked]);
  });
});
