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
const single = (name: string, userId: string) => ({ name, productCode: "on_call", userId });

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
    await ctx.stack.preview("--refresh", "--expect-no-changes");

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

  it("that is exclusive names others in the preview after a refresh, then takes their seats", async () => {
    ctx.simulator.org.claim("on_call", carol);
    await ctx.stack.declareRosters(roster({ alice }, { exclusive: true }));
    expect(await ctx.stack.up()).to.include("1 other user holds an on_call seat");
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal([alice, carol]);

    expect(await ctx.stack.preview("--refresh", "--diff")).to.include(
      `- carol@example.com: "${carol}"`,
    );
    await ctx.stack.up("--refresh");
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal([alice]);
    await ctx.stack.preview("--refresh", "--expect-no-changes");
  });

  it("of 5,000 members of whom ten are refused is recorded exactly, and completed by the next up", async () => {
    const everybody = users(5000);
    const unknown = users(10, 2496);
    const known = everybody.filter((id) => !unknown.includes(id));
    for (const id of known) ctx.simulator.org.addUser(id);
    ctx.simulator.behaviour.unknownUser = "unnamed";
    const members = Object.fromEntries(everybody.map((id) => [`user-${Number(id.slice(-4))}`, id]));
    await ctx.stack.declareRosters(roster(members));
    const output = await ctx.stack.fails("up", "--yes", "--skip-preview");
    expect(output).to.include("Could not assign").and.include('"user-2496"');
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
  });

  it("that is exclusive suffers no other resource of its product in the program", async () => {
    await ctx.stack.declareRosters(roster({ alice }, { exclusive: true }));
    await ctx.stack.declare(single("bob-alone", bob));
    expect(await ctx.stack.fails("preview")).to.match(
      /"team" is exclusive, so it declares every on_call seat, and "bob-alone" declares seats/,
    );
  });

  it("without members is refused, instead of being treated as an empty one", async () => {
    await ctx.stack.declareRosters(roster({ alice }));
    await ctx.stack.up();
    await ctx.stack.declareRosters({ name: "team", productCode: "on_call" } as never);
    expect(await ctx.stack.fails("up", "--yes", "--skip-preview")).to.include(
      'The members of the SeatRoster "team" are undefined: expected an object with the UUIDs',
    );
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal([alice]);
  });

  it("names in a preview the label of a member that is not a UUID", async () => {
    await ctx.stack.declareRosters(roster({ alice, mail: "bob@example.com" }));
    const output = await ctx.stack.fails("preview");
    expect(output)
      .to.include('member "mail": expected the UUID of a Datadog user')
      .and.not.include(alice);
    expect(ctx.simulator.count()).to.equal(0);
  });

  it("takes at most 150 bytes of state a member", async () => {
    const members = (count: number) =>
      Object.fromEntries(users(count).map((id, n) => [`user-${n}@example.com`, id]));
    const size = async () => JSON.stringify(await ctx.stack.seats()).length;
    for (const id of users(300)) ctx.simulator.org.addUser(id);
    await ctx.stack.declareRosters(roster(members(100)));
    await ctx.stack.up();
    const small = await size();
    await ctx.stack.declareRosters(roster(members(300)));
    await ctx.stack.up();
    expect(((await size()) - small) / 200).to.be.at.most(150);
  });
});
