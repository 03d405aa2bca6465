import { expect } from "chai";
import { Simulator } from "../../simulator/src";
import { user, users } from "../support/ids";
import { TestStack } from "../support/stack";

const seat = (name: string, n: number) => ({ name, productCode: "on_call", userId: user(n) });

describe("bad input and bad luck, with the real Pulumi CLI", () => {
  let simulator: Simulator;
  let stack: TestStack;

  beforeEach(async () => {
    simulator = await Simulator.start();
    for (const id of users(5)) simulator.org.addUser(id);
    simulator.org.product("on_call");
    stack = await TestStack.create(simulator);
  });
  afterEach(async () => {
    stack.remove();
    await simulator.stop();
  });

  const upFails = () => stack.fails("up", "--yes", "--skip-preview");
  /** Whatever goes wrong is told without the workings of the provider. */
  const expectPlain = (output: string) => expect(output).to.not.match(/\n\s+at |\[object Object\]/);

  it("names the property of a bad input in the preview, and makes no request", async () => {
    await stack.declare({ ...seat("alice", 1), userId: "alice@example.com" });
    const output = await stack.fails("preview");
    expect(output).to.include(
      "property userId value {alice@example.com} has a problem: expected the UUID",
    );
    expect(output).to.include("look the UUID up with datadog.getUser");
    expectPlain(output);

    await stack.declare({ ...seat("alice", 1), productCode: "" });
    expect(await stack.fails("preview")).to.include("property productCode value {} has a problem");
    expect(simulator.count()).to.equal(0);
  });

  it("adopts a seat that is held, and says so", async () => {
    simulator.behaviour.assignHeld = 409;
    simulator.org.claim("on_call", user(1));
    await stack.declare(seat("alice", 1));
    expect(await stack.up()).to.match(/Adopted the seat of on_call that user .* holds since/);
    expect(simulator.count("POST")).to.equal(0);
    expect((await stack.seats())[0]?.outputs).to.include({ adopted: true });
  });

  it('refuses a seat that is held with existing: "reject", and leaves it out of the state', async () => {
    simulator.org.claim("on_call", user(1));
    await stack.declare({ ...seat("alice", 1), existing: "reject" }, seat("bob", 2));
    const output = await upFails();
    expect(output).to.include("already holds one").and.include("`aliases`");
    expectPlain(output);
    expect(simulator.org.holders("on_call")).to.include(user(1));
    expect((await stack.seats()).map(({ id }) => id)).to.not.include(`on_call/${user(1)}`);
  });

  it("passes Datadog's words on about a user who doesn't exist, and about a full plan", async () => {
    await stack.declare(seat("ghost", 99));
    const ghost = await upFails();
    expect(ghost).to.match(
      /Could not assign a seat of on_call to user .*99: .* answered 400.*not found/,
    );
    expectPlain(ghost);

    simulator.org.product("on_call").capacity = 0;
    await stack.declare(seat("alice", 1));
    expect(await upFails()).to.match(/to user .*01: .* answered 422.*the plan has 0/);
    expect(await stack.seats()).to.deep.equal([]);

    await stack.declare({ ...seat("alice", 1), productCode: "oncall" });
    expect(await upFails()).to.match(
      /a seat of oncall to user .* answered 422.*unknown product_code/,
    );
  });

  it("tells missing keys and an unusable address in one line with the remedy", async () => {
    const { DD_API_KEY } = stack.environment;
    delete stack.environment.DD_API_KEY;
    await stack.declare(seat("alice", 1));
    const missing = await upFails();
    expect(missing).to.include(
      "There is no Datadog API key. Give it by `pulumi config set --secret",
    );
    expectPlain(missing);

    stack.environment.DD_API_KEY = DD_API_KEY;
    await stack.succeeds("config", "set", "datadog:site", "datadoghq.fr");
    expect(await upFails()).to.include("no Datadog site. Expected one of datadoghq.com");
    await stack.succeeds("config", "set", "datadog:apiUrl", "http://example.com");
    expect(await upFails()).to.include(
      "http://example.com, where the keys would travel unencrypted",
    );
    expect(simulator.count()).to.equal(0);
  });

  it("waits for a rate limit as told, says so, and goes on", async () => {
    simulator.faults.add({ method: "GET", status: 429, headers: { "x-ratelimit-reset": "4" } });
    await stack.declare(seat("alice", 1));
    expect(await stack.up()).to.include("Datadog's rate limit is used up; waiting 4 s");
    expect(simulator.org.holders("on_call")).to.deep.equal([user(1)]);
  });

  it("owns a seat whose grant was answered by nothing but failures", async () => {
    const fault = { status: 502, headers: { "retry-after": "0" }, afterEffect: true, times: 5 };
    simulator.faults.add({ method: "POST", ...fault });
    await stack.declare(seat("alice", 1));
    await stack.up();
    expect(simulator.org.holders("on_call")).to.deep.equal([user(1)]);
    expect(await stack.seats()).to.have.lengthOf(1);
  });
});
