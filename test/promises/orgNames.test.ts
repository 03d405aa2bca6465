import { expect } from "chai";
import { Org } from "../../simulator/src";
import { configurationFor, pointingAt } from "../support/connection";
import { user } from "../support/ids";
import { stackHarness } from "../support/stackHarness";

const [alice, bob, carol] = [user(1), user(2), user(3)];
const productCode = "on_call";

describe("the name of an org: another one for the same org takes no seat away", () => {
  const ctx = stackHarness();
  beforeEach(() => ctx.stack.moveKeysToConfiguration());

  const holders = () => ctx.simulator.org.holders("on_call");

  /** A seat and a roster of the org of that name, or of the default one. */
  async function declare(org?: string) {
    const product = { ...(org && { org }), productCode };
    await ctx.stack.declare({ name: "alice", ...product, userId: alice });
    await ctx.stack.declareRosters({ name: "team", ...product, members: { bob, carol } });
  }

  /** As `owned` names them. */
  function ownedIn(org?: string) {
    const product = org ? `${org}/on_call` : "on_call";
    return [`alice ${product}/${alice}`, `team ${product}/${bob}`, `team ${product}/${carol}`];
  }

  async function expectKept(org?: string) {
    expect(ctx.writes()).to.deep.equal([]);
    expect(holders()).to.deep.equal([alice, bob, carol]);
    expect(await ctx.stack.owned()).to.deep.equal(ownedIn(org));
  }

  it("seats and rosters are kept when their org gets a name, another name, and none", async () => {
    await declare();
    await ctx.stack.up();
    ctx.simulator.clearRequests();
    for (const name of ["main", "eu"]) await ctx.stack.configureOrg(name, ctx.simulator);

    for (const name of ["main", "eu", undefined, "main"]) {
      await declare(name);
      await ctx.stack.up();
      await expectKept(name);
    }
    await ctx.stack.preview("--refresh", "--expect-no-changes");
    await ctx.stack.destroy();
    expect(holders()).to.deep.equal([]);
  });

  it("seats are kept when a run that gives their org a name refreshes first", async () => {
    await declare();
    await ctx.stack.up();
    ctx.simulator.clearRequests();
    await ctx.stack.configureOrg("main", ctx.simulator);
    await declare("main");
    await ctx.stack.up("--refresh");
    await expectKept("main");
    await ctx.stack.preview("--refresh", "--expect-no-changes");
  });

  it("seats are kept when a name leaves the configuration too early: up fails until it is back", async () => {
    await ctx.stack.configureOrg("main", ctx.simulator);
    await declare("main");
    await ctx.stack.up();
    ctx.simulator.clearRequests();

    await ctx.stack.removeOrg("main");
    await declare();
    expect(await ctx.stack.fails("up", "--yes", "--skip-preview")).to.include(
      'There is no org "main"',
    );
    expect(ctx.writes()).to.deep.equal([]);
    expect(holders()).to.deep.equal([alice, bob, carol]);
    expect(await ctx.stack.owned()).to.include(`alice main/on_call/${alice}`);

    await ctx.stack.configureOrg("main", ctx.simulator);
    await ctx.stack.up();
    await expectKept();
    await ctx.stack.removeOrg("main");
    await ctx.stack.preview("--refresh", "--expect-no-changes");
  });

  it("seats are kept when the other name has other keys of the same org", async () => {
    const keys = ctx.simulator.addKeys({ apiKey: "second-api-key", appKey: "second-app-key" });
    await declare();
    await ctx.stack.up();
    ctx.simulator.clearRequests();
    await ctx.stack.configureOrg("main", { url: ctx.simulator.url, keys });

    await declare("main");
    await ctx.stack.up();
    await expectKept("main");
    await ctx.stack.preview("--refresh", "--expect-no-changes");

    await declare();
    await ctx.stack.up("--refresh");
    await expectKept();
  });

  it("a preview refuses a seat that is declared under two names of its org", async () => {
    await ctx.stack.configureOrg("main", ctx.simulator);
    await ctx.stack.configureOrg("eu", ctx.simulator);
    await ctx.stack.declareRosters({ name: "team", productCode, members: { alice } });
    for (const [name, org] of [
      ["alice-main", "main"],
      ["alice-eu", "eu"],
    ] as const) {
      await ctx.stack.declare({ name, org, productCode, userId: alice });
      const output = await ctx.stack.fails("preview");
      expect(output)
        .to.match(/both declare/)
        .and.include('"team"')
        .and.include(`"${name}"`);
    }
    await ctx.stack.declareRosters();
    await ctx.stack.declare(
      { name: "alice-main", org: "main", productCode, userId: alice },
      { name: "alice-eu", org: "eu", productCode, userId: alice },
    );
    const output = await ctx.stack.fails("preview");
    expect(output)
      .to.match(/both declare/)
      .and.include('"alice-main"')
      .and.include('"alice-eu"');
  });

  it("a preview refuses a seat that is declared for a name and for the environment's keys of one org", async () => {
    Object.assign(ctx.stack.environment, pointingAt(ctx.simulator));
    for (const key of Object.keys(configurationFor(ctx.simulator))) {
      await ctx.stack.succeeds("config", "rm", key);
    }
    await ctx.stack.configureOrg("main", ctx.simulator);
    await ctx.stack.declare(
      { name: "alice", productCode, userId: alice },
      { name: "alice-main", org: "main", productCode, userId: alice },
    );
    const output = await ctx.stack.fails("preview");
    expect(output)
      .to.match(/both declare/)
      .and.include('"alice"')
      .and.include('"alice-main"');
  });

  describe("two orgs behind one URL", () => {
    let second: Org;

    beforeEach(async () => {
      second = new Org();
      for (const id of [alice, bob, carol]) second.addUser(id);
      second.product("on_call");
      const keys = { apiKey: "second-api-key", appKey: "second-app-key" };
      ctx.simulator.addKeys(keys, second);
      await ctx.stack.configureOrg("second", { url: ctx.simulator.url, keys });
      await declare();
      await ctx.stack.up();
      ctx.simulator.clearRequests();
      await declare("second");
    });

    async function expectMoved() {
      expect(holders()).to.deep.equal([]);
      expect(second.holders("on_call")).to.deep.equal([alice, bob, carol]);
      expect(await ctx.stack.owned()).to.deep.equal(ownedIn("second"));
    }

    for (const options of [[], ["--refresh"]]) {
      it(`seats that move are unassigned in the first and assigned in the second: ${["up", ...options].join(" ")}`, async () => {
        await ctx.stack.up(...options);
        await expectMoved();
      });
    }

    it("seats that the users hold in both are adopted in the second and unassigned in the first", async () => {
      const assignedAt = new Date("2026-01-02T03:04:05Z");
      for (const id of [alice, bob, carol]) second.claim("on_call", id, assignedAt);
      await ctx.stack.up();
      await expectMoved();
      expect(ctx.simulator.count("POST")).to.equal(0);
      for (const since of second.product("on_call").seats.values()) {
        expect(since).to.equal(assignedAt);
      }
      await ctx.stack.preview("--refresh", "--expect-no-changes");
    });
  });
});
