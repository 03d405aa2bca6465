import { expect } from "chai";
import { user, users } from "../support/ids";
import { stage } from "../support/stage";

const [alice, bob, carol] = [user(1), user(2), user(3)];
const roster = (members: Record<string, string>, more = {}) => ({
  name: "team",
  productCode: "on_call",
  members,
  ...more,
});
const single = (name: string, userId: string) => ({ name, productCode: "on_call", userId });

describe("a roster, with the real Pulumi CLI", () => {
  const on = stage();

  beforeEach(() => {
    for (const [n, name] of ["alice", "bob", "carol"].entries()) {
      on.simulator.org.addUser(user(n + 1), { email: `${name}@example.com` });
    }
  });

  it("shows additions and removals by label, and makes them in one request each", async () => {
    await on.stack.declareRosters(roster({ "alice@example.com": alice, "bob@example.com": bob }));
    await on.stack.up();
    await on.stack.preview("--refresh", "--expect-no-changes");

    await on.stack.declareRosters(
      roster({ "alice@example.com": alice, "carol@example.com": carol }),
    );
    const preview = await on.stack.preview("--diff");
    expect(preview).to.include(`- bob@example.com  : "${bob}"`);
    expect(preview).to.include(`+ carol@example.com: "${carol}"`);
    on.simulator.clearRequests();
    await on.stack.up();
    expect(on.writes()).to.deep.equal([`DELETE on_call ${bob}`, `POST on_call ${carol}`]);

    await on.stack.destroy();
    expect(on.simulator.org.holders("on_call")).to.deep.equal([]);
  });

  it("that is exclusive names others in the preview after a refresh, then takes their seats", async () => {
    on.simulator.org.claim("on_call", carol);
    await on.stack.declareRosters(roster({ alice }, { exclusive: true }));
    expect(await on.stack.up()).to.include("1 other holds a seat of on_call");
    expect(on.simulator.org.holders("on_call")).to.deep.equal([alice, carol]);

    expect(await on.stack.preview("--refresh", "--diff")).to.include(
      `- carol@example.com: "${carol}"`,
    );
    await on.stack.up("--refresh");
    expect(on.simulator.org.holders("on_call")).to.deep.equal([alice]);
    await on.stack.preview("--refresh", "--expect-no-changes");
  });

  it("of 5,000 members of whom ten are refused is recorded exactly, and completed by the next up", async () => {
    const everybody = users(5000);
    const ghosts = users(10, 2496);
    const known = everybody.filter((id) => !ghosts.includes(id));
    for (const id of known) on.simulator.org.addUser(id);
    on.simulator.behaviour.unknownUser = "unnamed";
    const members = Object.fromEntries(everybody.map((id) => [`user-${Number(id.slice(-4))}`, id]));
    await on.stack.declareRosters(roster(members));
    const output = await on.stack.fails("up", "--yes", "--skip-preview");
    expect(output).to.include("Could not assign").and.include('"user-2496"');
    expect(Buffer.byteLength(output)).to.be.at.most(20_000);
    const owned = known.map((id) => `team on_call/${id}`);
    expect(await on.stack.owned()).to.deep.equal(owned);
    expect(on.simulator.org.holders("on_call")).to.deep.equal(known);
    await on.stack.refresh();
    expect(await on.stack.owned()).to.deep.equal(owned);

    for (const id of ghosts) on.simulator.org.addUser(id);
    on.simulator.clearRequests();
    await on.stack.up();
    expect(on.writes()).to.deep.equal([["POST on_call", ...ghosts].join(" ")]);
    expect(on.simulator.org.holders("on_call")).to.deep.equal(everybody);
    await on.stack.preview("--refresh", "--expect-no-changes");
  });

  it("that is exclusive suffers no other resource of its product in the program", async () => {
    await on.stack.declareRosters(roster({ alice }, { exclusive: true }));
    await on.stack.declare(single("bob-alone", bob));
    expect(await on.stack.fails("preview")).to.match(
      /"team" is exclusive, so it declares every seat of on_call, and "bob-alone" declares seats/,
    );
  });

  it("without members is refused, instead of being taken for an empty one", async () => {
    await on.stack.declareRosters(roster({ alice }));
    await on.stack.up();
    await on.stack.declareRosters({ name: "team", productCode: "on_call" } as never);
    expect(await on.stack.fails("up", "--yes", "--skip-preview")).to.include(
      "property members value {<nil>} has a problem: expected the UUIDs of Datadog users by label",
    );
    expect(on.simulator.org.holders("on_call")).to.deep.equal([alice]);
  });

  it("names in a preview the label of a member that is no UUID", async () => {
    await on.stack.declareRosters(roster({ alice, mail: "bob@example.com" }));
    const output = await on.stack.fails("preview");
    expect(output)
      .to.include('member "mail": expected the UUID of a Datadog user')
      .and.not.include(alice);
    expect(on.simulator.count()).to.equal(0);
  });

  it("takes at most 150 bytes of state a member", async () => {
    const members = (count: number) =>
      Object.fromEntries(users(count).map((id, n) => [`user-${n}@example.com`, id]));
    const size = async () => JSON.stringify(await on.stack.seats()).length;
    for (const id of users(300)) on.simulator.org.addUser(id);
    await on.stack.declareRosters(roster(members(100)));
    await on.stack.up();
    const small = await size();
    await on.stack.declareRosters(roster(members(300)));
    await on.stack.up();
    expect(((await size()) - small) / 200).to.be.at.most(150);
  });
});
