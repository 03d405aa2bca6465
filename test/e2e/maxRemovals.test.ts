import { expect } from "chai";
import { user } from "../support/ids";
import { stackHarness } from "../support/stackHarness";

const [alice, bob, carol] = [user(1), user(2), user(3)];
const roster = (members: Record<string, string>, more = {}) => ({
  name: "team",
  productCode: "on_call",
  members,
  ...more,
});

describe("maxRemovals of a roster", () => {
  const ctx = stackHarness();

  async function up(members: Record<string, string>, more = {}) {
    await ctx.stack.declareRosters(roster(members, more));
    await ctx.stack.up();
    ctx.simulator.clearRequests();
  }

  /** Whatever refuses a change says so in the preview of an up, and leaves all as it is. */
  async function expectRefused(...options: string[]): Promise<string> {
    const state = await ctx.stack.seats();
    const held = ctx.simulator.org.holders("on_call");
    const output = await ctx.stack.fails("up", "--yes", ...options);
    expect(output)
      .to.include("maxRemovals")
      .and.not.match(/Updating \(|\n\s+at /);
    expect(ctx.writes()).to.deep.equal([]);
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal(held);
    expect(await ctx.stack.seats()).to.deep.equal(state);
    return output;
  }

  it("fails the preview of a change by which more members leave, names them, and lets fewer leave", async () => {
    await up({ alice, bob, carol });
    await ctx.stack.declareRosters(roster({ alice }, { maxRemovals: 1 }));
    const output = await expectRefused();
    expect(output).to.include('"bob"').and.include('"carol"').and.not.include('"alice"');
    expect(output).to.match(/\b2 members\b/);
    // Without a preview as well.
    await ctx.stack.fails("up", "--yes", "--skip-preview");
    expect(ctx.writes()).to.deep.equal([]);

    await up({ alice, carol }, { maxRemovals: 1 });
    await up({ alice }, { maxRemovals: 1 });
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal([alice]);
    await ctx.stack.preview("--refresh", "--expect-no-changes");
  });

  it("counts all members when another product replaces the roster", async () => {
    await up({ alice, bob });
    await ctx.stack.declareRosters({
      ...roster({ alice, bob }, { maxRemovals: 1 }),
      productCode: "incident_response",
    });
    expect(await expectRefused())
      .to.include('"alice"')
      .and.include('"bob"');
  });

  it("is asked for when a roster that has members is declared with none, as a failed lookup would do", async () => {
    await up({ alice });
    await ctx.stack.declareRosters(roster({}));
    expect(await expectRefused()).to.include('"alice"');

    await up({}, { maxRemovals: 1 });
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal([]);
    await ctx.stack.preview("--refresh", "--expect-no-changes");
  });

  it("does not stand in the way of removing or destroying the roster", async () => {
    await up({ alice, bob }, { maxRemovals: 0 });
    await ctx.stack.declareRosters();
    await ctx.stack.up();
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal([]);

    await up({ alice, bob }, { maxRemovals: 0 });
    await ctx.stack.destroy();
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal([]);
  });

  it("counts those whom a refresh has found in an exclusive roster, and lets the refresh itself pass", async () => {
    const exclusive = { exclusive: true, maxRemovals: 1 };
    await up({ alice }, exclusive);
    for (const id of [bob, carol]) ctx.simulator.org.claim("on_call", id);

    const strangers = [bob, carol].map((id) => ctx.simulator.org.users.get(id)?.email ?? "");
    const preview = await ctx.stack.fails("preview", "--refresh");
    for (const email of strangers) expect(preview).to.include(`"${email}"`);
    await ctx.stack.fails("up", "--yes", "--skip-preview", "--refresh");
    expect((await ctx.stack.seats())[0]?.outputs?.members).to.include.keys("alice", ...strangers);
    await ctx.stack.refresh();
    await expectRefused();

    await up({ alice }, { ...exclusive, maxRemovals: 2 });
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal([alice]);
  });

  it("must be a whole number", async () => {
    for (const maxRemovals of [-1, 1.5]) {
      await ctx.stack.declareRosters(roster({ alice }, { maxRemovals }));
      expect(await ctx.stack.fails("preview")).to.match(/maxRemovals.*expected/);
    }
    expect(ctx.simulator.count()).to.equal(0);
  });
});
