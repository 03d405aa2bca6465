import { expect } from "chai";
import { Simulator } from "../../simulator/src";
import { user, users } from "../support/ids";
import { TestStack } from "../support/stack";

const keys = { apiKey: "0123456789abcdef-api/key+", appKey: "fedcba9876543210-app/key+" };

describe("the state of a stack", () => {
  let simulator: Simulator;
  let stack: TestStack;

  beforeEach(async () => {
    simulator = await Simulator.start({ keys });
    for (const id of users(300)) simulator.org.addUser(id);
    for (const product of ["on_call", "incident_response"]) simulator.org.product(product);
  });
  afterEach(async () => {
    stack.remove();
    await simulator.stop();
  });

  /** Whether a text shows a key, plainly or encoded. */
  function shows(text: string): string[] {
    const forms = Object.values(keys).flatMap((key) => [
      key,
      encodeURIComponent(key),
      Buffer.from(key).toString("base64"),
      Buffer.from(key).toString("hex"),
    ]);
    return forms.filter((form) => text.includes(form));
  }

  it("holds the keys of the stack's configuration encrypted only, and no run shows them", async () => {
    stack = await TestStack.create(simulator, {
      program: "examples/seat-assignment",
      keysInEnvironment: false,
    });
    await stack.succeeds("config", "set", "datadog:apiUrl", simulator.url);
    await stack.succeeds("config", "set", "--secret", "datadog:apiKey", keys.apiKey);
    await stack.succeeds("config", "set", "--secret", "datadog:appKey", keys.appKey);
    await stack.succeeds("config", "set", "--path", "onCall.alice", user(1));
    await stack.succeeds("config", "set", "incidentLead", user(2));

    const outputs = [await stack.preview("--diff"), await stack.up(), await stack.exported()];
    expect(simulator.org.holders("on_call")).to.deep.equal([user(1)]);
    expect(simulator.org.holders("incident_response")).to.deep.equal([user(2)]);
    simulator.keys.apiKey = "rotated";
    outputs.push(await stack.fails("refresh", "--yes", "--skip-preview"));
    expect(outputs.at(-1)).to.include("stored at its last `pulumi up`");
    outputs.push(await stack.fails("destroy", "--yes", "--skip-preview"));

    for (const output of outputs) expect(shows(output)).to.deep.equal([]);
    expect(outputs[2]).to.include('"ciphertext"');
  });

  it("heeds rotated keys with --run-program", async () => {
    stack = await TestStack.create(simulator, { keysInEnvironment: false });
    await stack.succeeds("config", "set", "datadog:apiUrl", simulator.url);
    await stack.succeeds("config", "set", "--secret", "datadog:apiKey", "old-key");
    await stack.succeeds("config", "set", "--secret", "datadog:appKey", keys.appKey);
    await stack.declare({ name: "alice", productCode: "on_call", userId: user(1) });
    simulator.keys.apiKey = "old-key";
    await stack.up();

    simulator.keys.apiKey = keys.apiKey;
    await stack.succeeds("config", "set", "--secret", "datadog:apiKey", keys.apiKey);
    await stack.refresh("--run-program");
    await stack.destroy("--run-program");
    expect(simulator.org.holders("on_call")).to.deep.equal([]);
  });

  it("takes at most 1,500 bytes a seat, and a refresh of 50 seats in an org of 250 three GETs", async () => {
    stack = await TestStack.create(simulator);
    for (const id of users(200, 51)) simulator.org.claim("on_call", id);
    await stack.declare(
      ...users(50).map((userId, n) => ({ name: `seat-${n}`, productCode: "on_call", userId })),
    );
    await stack.up();
    const sizes = (await stack.seats()).map((seat) => JSON.stringify(seat).length);
    expect(sizes).to.have.lengthOf(50);
    expect(Math.max(...sizes)).to.be.at.most(1500);
    expect(simulator.org.holders("on_call")).to.deep.equal(users(250));

    simulator.requests.length = 0;
    await stack.refresh();
    expect(simulator.requests.map(({ method }) => method)).to.deep.equal(["GET", "GET", "GET"]);
    expect(await stack.seats()).to.have.lengthOf(50);
  });
});
