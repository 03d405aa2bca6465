import { expect } from "chai";
import { user, users } from "../support/ids";
import { stackHarness } from "../support/stackHarness";

const [alice, bob, carol] = [user(1), user(2), user(3)];
const roster = (members: Record<string, string>, more = {}) => ({
  name: "team",
  productCode: "on_call",
  members,
  ...more,
});

describe("a roster, with the real Pulumi CLI", () => {
  const ctx = stackHarness();

  beforeEach(() => {
    for (const [n, name] of ["alice", "bob", "carol"].entries()) {
      ctx.simulator.org.addUser(user(n + 1), { email: `${name}@example.com` });
    }
  });

  it("shows additions and removals by label, and makes them in one request each", async () => {
    await ctx.stack.declareRosters(roster({ "alice@example.com": alice, "bob@example.com": bob }));
    await ctx.stack.up();

    await ctx.stack.declareRosters(
      roster({ "alice@example.com": alice, "carol@example.com": carol }),
    );
    const preview = await ctx.stack.preview("--diff");
    expect(preview).to.include(`- bob@example.com  : "${bob}"`);
    expect(preview).to.include(`+ carol@example.com: "${carol}"`);
    ctx.simulator.clearRequests();
    await ctx.stack.up();
    expect(ctx.writes()).to.deep.equal([`DELETE on_call ${bob}`, `POST on_call ${carol}`]);

    await ctx.stack.destroy();
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal([]);
  });

  it("of 5,000 members of whom ten are refused is recorded exactly, and completed by the next up", async () => {
    const everybody = users(5000);
    const unknown = users(10, 2496);
    const known = everybody.filter((id) => !unknown.includes(id));
    for (const id of known) ctx.simulator.org.addUser(id);
    ctx.simulator.behaviour.unknownUser = "unnamed";
    const members = Object.fromEntries(
      everybody.map((id) => [`user-${Number(id.slice(-4))}@example.com`, id]),
    );
    await ctx.stack.declareRosters(roster(members));
    const output = await ctx.stack.fails("up", "--yes", "--skip-preview");
    expect(output).to.include("Could not assign").and.include('"user-2496@example.com"');
    expect(Buffer.byteLength(output)).to.be.at.most(20_000);
    const owned = known.map((id) => `team on_call/${id}`);
    expect(await ctx.stack.owned()).to.deep.equal(owned);
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal(known);
    await ctx.stack.refresh();
    expect(await ctx.stack.owned()).to.deep.equal(owned);

    for (const id of unknown) ctx.simulator.org.addUser(id);
    ctx.simulator.clearRequests();
    await ctx.stack.up();
    expect(ctx.writes()).to.deep.equal([["POST on_call", ...unknown].join(" ")]);
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal(everybody);
    await ctx.stack.preview("--refresh", "--expect-no-changes");
    const bytes = JSON.stringify(await ctx.stack.seats()).length;
    expect(bytes / everybody.length, "bytes of state a member").to.be.at.most(150);
  });
});
