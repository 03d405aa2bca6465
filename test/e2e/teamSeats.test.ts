import { expect } from "chai";
import { Simulator } from "../../simulator/src";
import { user, users } from "../support/ids";
import { TestStack } from "../support/stack";

const [alice, bob, carol] = [user(1), user(2), user(3)];
const sre = { name: "sre", products: ["on_call"], members: { alice, bob } };
const seat = (name: string, userId: string) => ({ name, productCode: "on_call", userId });

describe("a team's seats, with the real Pulumi CLI", () => {
  let simulator: Simulator;
  let stack: TestStack;

  beforeEach(async () => {
    simulator = await Simulator.start();
    for (const id of users(3)) simulator.org.addUser(id);
    simulator.org.product("on_call");
    simulator.org.product("incident_response");
    stack = await TestStack.create(simulator);
  });
  afterEach(async () => {
    stack.remove();
    await simulator.stop();
  });

  const writes = () =>
    simulator.requests
      .filter(({ method }) => method !== "GET")
      .map(({ method, productCode, userIds }) => `${method} ${productCode} ${userIds.join(" ")}`);
  const holders = () =>
    ["on_call", "incident_response"].map((product) => simulator.org.holders(product));

  it("are left alone when another member or product is added, and when the team is renamed with an alias", async () => {
    await stack.declareTeams(sre);
    const preview = await stack.preview();
    expect(preview).to.include("sre-alice-on_call").and.include("sre-bob-on_call");
    await stack.up();

    await stack.declareTeams({ ...sre, members: { carol, alice, bob } });
    expect(await stack.up())
      .to.include("1 created")
      .and.include("4 unchanged");
    const products = ["incident_response", "on_call"];
    await stack.declareTeams({ ...sre, products });
    const up = await stack.up();
    expect(up).to.include("2 created").and.include("1 deleted").and.include("4 unchanged");
    expect(holders()).to.deep.equal([
      [alice, bob],
      [alice, bob],
    ]);

    await stack.declareTeams({ ...sre, products, name: "reliability", formerly: "sre" });
    await stack.preview("--expect-no-changes");
    await stack.destroy();
    expect(holders()).to.deep.equal([[], []]);
  });

  it("stay when single assignments move into the team: no DELETE is sent", async () => {
    await stack.declare(seat("alice", alice), seat("bob", bob));
    await stack.up();
    simulator.requests.length = 0;
    await stack.declare();
    await stack.declareTeams(sre);
    await stack.up();
    expect(writes()).to.deep.equal([]);
    expect(holders()[0]).to.deep.equal([alice, bob]);
    expect((await stack.seats()).map(({ urn }) => urn.split("::").at(-1))).to.have.members([
      "sre-alice-on_call",
      "sre-bob-on_call",
    ]);
  });

  it("fail in the preview with both names of a member who is there twice, or with both numbers of the limit", async () => {
    await stack.declareTeams({ ...sre, members: { alice, bob, anne: alice } });
    expect(await stack.fails("preview")).to.include(
      `"sre-alice-on_call" and "sre-anne-on_call" both declare the seat of on_call for user ${alice}`,
    );
    await stack.declareTeams({ ...sre, limit: 1 });
    const output = await stack.fails("preview");
    expect(output).to.include(
      'error: The team "sre" needs 2 seats (members × products: 2 × 1), but its limit is 1.',
    );
    expect(output).to.not.match(/\n\s+at /);
    expect(simulator.count()).to.equal(0);
  });

  it("take the options of the team: a protected one is not destroyed", async () => {
    await stack.declareTeams({ ...sre, protect: true });
    await stack.up();
    expect(await stack.fails("destroy", "--yes", "--skip-preview")).to.include("protected");
    expect(holders()[0]).to.deep.equal([alice, bob]);
  });
});
