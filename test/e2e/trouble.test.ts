import { expect } from "chai";
import { user } from "../support/ids";
import { stage } from "../support/stage";

const seat = (name: string, n: number) => ({ name, productCode: "on_call", userId: user(n) });

describe("bad input and bad luck, with the real Pulumi CLI", () => {
  const on = stage();

  const upFails = () => on.stack.fails("up", "--yes", "--skip-preview");
  /** Whatever goes wrong is told without the workings of the provider. */
  const expectPlain = (output: string) => expect(output).to.not.match(/\n\s+at |\[object Object\]/);

  it("names the property of a bad input in the preview, and makes no request", async () => {
    await on.stack.declare({ ...seat("alice", 1), userId: "alice@example.com" });
    const output = await on.stack.fails("preview");
    expect(output).to.include(
      "property userId value {alice@example.com} has a problem: expected the UUID",
    );
    expect(output).to.include("look the UUID up with datadog.getUser");
    expectPlain(output);

    await on.stack.declare({ ...seat("alice", 1), productCode: "" });
    expect(await on.stack.fails("preview")).to.include(
      "property productCode value {} has a problem",
    );
    expect(on.simulator.count()).to.equal(0);
  });

  it("adopts a seat that is held, and says so", async () => {
    on.simulator.behaviour.assignHeld = 409;
    on.simulator.org.claim("on_call", user(1));
    await on.stack.declare(seat("alice", 1));
    expect(await on.stack.up()).to.match(/Adopted the seat of on_call that user .* holds since/);
    expect(on.simulator.count("POST")).to.equal(0);
    expect((await on.stack.seats())[0]?.outputs).to.include({ adopted: true });
  });

  it('refuses a seat that is held with existing: "reject", and leaves it out of the state', async () => {
    on.simulator.org.claim("on_call", user(1));
    await on.stack.declare({ ...seat("alice", 1), existing: "reject" }, seat("bob", 2));
    const output = await upFails();
    expect(output).to.include("already holds one").and.include("`aliases`");
    expectPlain(output);
    expect(on.simulator.org.holders("on_call")).to.include(user(1));
    expect((await on.stack.seats()).map(({ id }) => id)).to.not.include(`on_call/${user(1)}`);
  });

  it("passes Datadog's words on about a user who doesn't exist, and about a full plan", async () => {
    await on.stack.declare(seat("unknown", 99));
    const unknown = await upFails();
    expect(unknown).to.match(
      /Could not assign a seat of on_call to user .*99: .* responded with 400.*not found/,
    );
    expectPlain(unknown);

    on.simulator.org.product("on_call").capacity = 0;
    await on.stack.declare(seat("alice", 1));
    expect(await upFails()).to.match(/to user .*01: .* responded with 422.*the plan has 0/);
    expect(await on.stack.seats()).to.deep.equal([]);

    await on.stack.declare({ ...seat("alice", 1), productCode: "oncall" });
    expect(await upFails()).to.match(
      /a seat of oncall to user .* responded with 422.*unknown product_code/,
    );
  });

  it("tells missing keys and an unusable address in one line with the remedy", async () => {
    const { DD_API_KEY } = on.stack.environment;
    delete on.stack.environment.DD_API_KEY;
    await on.stack.declare(seat("alice", 1));
    const missing = await upFails();
    expect(missing).to.include(
      "There is no Datadog API key. Give it by `pulumi config set --secret",
    );
    expectPlain(missing);

    on.stack.environment.DD_API_KEY = DD_API_KEY;
    await on.stack.succeeds("config", "set", "datadog:site", "datadoghq.fr");
    expect(await upFails()).to.include("no Datadog site. Expected one of datadoghq.com");
    await on.stack.succeeds("config", "set", "datadog:apiUrl", "http://example.com");
    expect(await upFails()).to.include(
      "http://example.com, where the keys would travel unencrypted",
    );
    expect(on.simulator.count()).to.equal(0);
  });

  it("waits for a rate limit as told, says so, and goes on", async () => {
    on.simulator.faults.add({ method: "GET", status: 429, headers: { "x-ratelimit-reset": "6" } });
    await on.stack.declare(seat("alice", 1));
    expect(await on.stack.up()).to.match(/Datadog's rate limit is used up; waiting [456] s/);
    expect(on.simulator.org.holders("on_call")).to.deep.equal([user(1)]);
  });

  it("owns a seat whose assignment had nothing but failures as responses", async () => {
    const fault = { status: 502, headers: { "retry-after": "0" }, afterEffect: true, times: 5 };
    on.simulator.faults.add({ method: "POST", ...fault });
    await on.stack.declare(seat("alice", 1));
    await on.stack.up();
    expect(on.simulator.org.holders("on_call")).to.deep.equal([user(1)]);
    expect(await on.stack.seats()).to.have.lengthOf(1);
  });
});
