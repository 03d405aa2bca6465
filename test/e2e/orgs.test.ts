import { expect } from "chai";
import { Simulator } from "../../simulator/src";
import { user, users } from "../support/ids";
import { TestStack } from "../support/stack";

const [alice, bob] = [user(1), user(2)];
const aliceOnCall = { name: "alice", productCode: "on_call", userId: alice };
const euKeys = { apiKey: "0123456789abcdef-eu-api/key+", appKey: "fedcba9876543210-eu-app/key+" };

describe("a program with several Datadog orgs, with the real Pulumi CLI", () => {
  let us: Simulator;
  let eu: Simulator;
  let stack: TestStack;

  beforeEach(async () => {
    us = await Simulator.start();
    eu = await Simulator.start({ keys: euKeys });
    for (const simulator of [us, eu]) {
      for (const id of users(3)) simulator.org.addUser(id);
      simulator.org.product("on_call");
    }
    stack = await TestStack.create(us);
  });
  afterEach(async () => {
    stack.remove();
    await Promise.all([us.stop(), eu.stop()]);
  });

  const holders = () => [us, eu].map((simulator) => simulator.org.holders("on_call"));

  it("owns one user's seats in two orgs, each with its own keys, and destroys them where they are", async () => {
    await stack.configureOrg("eu", eu);
    await stack.declare(aliceOnCall, { ...aliceOnCall, name: "alice-eu", org: "eu" });
    await stack.declareRosters({
      name: "bobs",
      org: "eu",
      productCode: "on_call",
      members: { bob },
    });
    const outputs = [await stack.preview(), await stack.up(), await stack.exported()];

    expect(holders()).to.deep.equal([[alice], [alice, bob]]);
    const ids = (await stack.seats()).map(({ id }) => id);
    expect(ids).to.have.members([`on_call/${alice}`, `eu/on_call/${alice}`, "eu/on_call/roster"]);
    await stack.preview("--refresh", "--expect-no-changes");

    outputs.push(await stack.refresh(), await stack.destroy());
    expect(holders()).to.deep.equal([[], []]);
    for (const output of outputs) {
      for (const key of Object.values(euKeys)) expect(output).to.not.include(key);
    }
  });

  it("moves a seat to another org: gone from the old one, made in the new one", async () => {
    await stack.configureOrg("eu", eu);
    await stack.declare(aliceOnCall);
    await stack.up();
    await stack.declare({ ...aliceOnCall, org: "eu" });
    expect(await stack.preview()).to.include("replace");
    await stack.up();
    expect(holders()).to.deep.equal([[], [alice]]);

    await stack.declare(aliceOnCall);
    await stack.up();
    expect(holders()).to.deep.equal([[alice], []]);
    expect((await stack.seats())[0]?.outputs).to.not.have.property("org");
  });

  it("fails the preview when the configuration holds no such org, or half of it", async () => {
    await stack.declare(aliceOnCall, { ...aliceOnCall, name: "alice-eu", org: "eu" });
    expect(await stack.fails("preview")).to.include(
      "There is no org \"eu\": datadogSeats:orgs is not set. Set its keys with `pulumi config set --secret --path 'datadogSeats:orgs.eu.apiKey'`",
    );

    await stack.configureOrg("eu", eu);
    await stack.succeeds("config", "rm", "--path", "datadogSeats:orgs.eu.appKey");
    const output = await stack.fails("preview");
    expect(output).to.include(
      "The org \"eu\" has no application key. Set it with `pulumi config set --secret --path 'datadogSeats:orgs.eu.appKey'`.",
    );
    expect(output).to.not.match(/\n\s+at /);
    expect(eu.count()).to.equal(0);
  });

  it("lets a preview pass when the org is not known yet, and replaces nothing on that account", async () => {
    const bobInEu = { ...aliceOnCall, name: "bob", org: "eu", userId: bob, afterPrevious: true };
    await stack.declare(aliceOnCall, bobInEu);
    expect(await stack.preview()).to.include("3 to create");
    await stack.configureOrg("eu", eu);
    await stack.up();
    expect(holders()).to.deep.equal([[alice], [bob]]);

    eu.clearRequests();
    await stack.declare({ ...aliceOnCall, userId: user(3) }, bobInEu);
    await stack.up();
    expect(holders()).to.deep.equal([[user(3)], [bob]]);
    expect(eu.count("DELETE")).to.equal(0);
  });

  it("finds seats that are declared twice in one org, and an exclusive roster's, but not those of another", async () => {
    await stack.configureOrg("eu", eu);
    const all = { name: "all", productCode: "on_call", members: { bob }, exclusive: true };
    await stack.declareRosters({ ...all, org: "eu" });
    await stack.declare(aliceOnCall);
    await stack.preview();
    await stack.declare({ ...aliceOnCall, org: "eu" });
    expect(await stack.fails("preview")).to.match(
      /"all" is exclusive, so it declares every seat of on_call in org eu, and "alice" declares/,
    );
  });

  it("looks a seat of a named org up by its id", async () => {
    eu.org.claim("on_call", bob);
    await stack.configureOrg("eu", eu);
    await stack.declare({ name: "bob", org: "eu", productCode: "on_call", userId: bob, get: true });
    await stack.up();
    expect(await stack.succeeds("stack", "output", "emails")).to.include(
      "user-000000000002@example.com",
    );
    expect(us.count()).to.equal(0);
  });

  it("says after a rotation that the stored keys of an org were used", async () => {
    await stack.configureOrg("eu", eu);
    await stack.declare({ ...aliceOnCall, org: "eu" });
    await stack.up();
    eu.keys.apiKey = "rotated";
    const output = await stack.fails("refresh", "--yes", "--skip-preview");
    expect(output).to.include("Could not list the seats of on_call in org eu");
    expect(output).to.include("stored at its last `pulumi up`");
    expect(output).to.include("which datadogSeats:orgs.eu.apiUrl selects");
  });
});
