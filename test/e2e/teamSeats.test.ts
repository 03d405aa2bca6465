import { expect } from "chai";
import { user } from "../support/ids";
import { stackHarness } from "../support/stackHarness";

const [alice, bob, carol] = [user(1), user(2), user(3)];
const sre = { name: "sre", products: ["on_call"], members: { alice, bob } };
const seat = (name: string, userId: string) => ({ name, productCode: "on_call", userId });

describe("a team's seats, with the real Pulumi CLI", () => {
  const ctx = stackHarness({ users: 3, shared: true });
  const holders = () =>
    ["on_call", "incident_response"].map((product) => ctx.simulator.org.holders(product));

  it("fail in the preview with both names of a member who is there twice, or with both numbers of the limit", async () => {
    await ctx.stack.declareTeams({ ...sre, members: { alice, bob, anne: alice } });
    expect(await ctx.stack.fails("preview")).to.match(
      /"sre-(alice|anne)-on_call" and "sre-(alice|anne)-on_call" both declare the on_call seat/,
    );
    await ctx.stack.declareTeams({ ...sre, limit: 1 });
    const output = await ctx.stack.fails("preview");
    expect(output).to.include(
      'error: The team "sre" needs 2 seats (members × products: 2 × 1), but its limit is 1.',
    );
    expect(output).to.not.match(/\n\s+at /);
    expect(ctx.simulator.count("POST")).to.equal(0);
  });

  it("stay when single assignments move into the team: no DELETE is sent", async () => {
    await ctx.stack.declare(seat("alice", alice), seat("bob", bob));
    await ctx.stack.declareTeams();
    await ctx.stack.up();
    ctx.simulator.clearRequests();
    await ctx.stack.declare();
    await ctx.stack.declareTeams(sre);
    await ctx.stack.up();
    expect(ctx.writes()).to.deep.equal([]);
    expect(holders()[0]).to.deep.equal([alice, bob]);
    expect((await ctx.stack.seats()).map(({ urn }) => urn.split("::").at(-1))).to.have.members([
      "sre-alice-on_call",
      "sre-bob-on_call",
    ]);
  });

  const products = ["incident_response", "on_call"];

  it("are left alone when another member and product is added, and when the team is renamed with an alias", async () => {
    await ctx.stack.declareTeams({ ...sre, products, members: { carol, alice, bob } });
    const up = await ctx.stack.up();
    expect(up).to.include("4 created").and.include("4 unchanged");
    expect(holders()).to.deep.equal([
      [alice, bob, carol],
      [alice, bob, carol],
    ]);
    const renamed = {
      products,
      members: { carol, alice, bob },
      name: "reliability",
      formerly: "sre",
    };
    await ctx.stack.declareTeams(renamed);
    await ctx.stack.preview("--expect-no-changes");
  });

  it("take the options of the team: a protected one is not destroyed", async () => {
    await ctx.stack.declareTeams({ ...sre, products, protect: true });
    const up = await ctx.stack.up();
    // Whoever leaves the team loses the seats of both products.
    expect(up).to.include("2 deleted");
    expect(await ctx.stack.fails("destroy", "--yes", "--skip-preview")).to.include("protected");
    expect(holders()).to.deep.equal([
      [alice, bob],
      [alice, bob],
    ]);
  });
});
