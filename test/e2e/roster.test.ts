import { expect } from "chai";
import { Simulator } from "../../simulator/src";
import { user, users } from "../support/ids";
import { TestStack } from "../support/stack";

const [alice, bob, carol] = [user(1), user(2), user(3)];
const roster = (members: Record<string, string>, more = {}) => ({
  name: "team",
  productCode: "on_call",
  members,
  ...more,
});
const single = (name: string, userId: string) => ({ name, productCode: "on_call", userId });

describe("a roster, with the real Pulumi CLI", () => {
  let simulator: Simulator;
  let stack: TestStack;

  beforeEach(async () => {
    simulator = await Simulator.start();
    for (const [n, name] of ["alice", "bob", "carol"].entries()) {
      simulator.org.addUser(user(n + 1), { email: `${name}@example.com` });
    }
    simulator.org.product("on_call");
    stack = await TestStack.create(simulator);
  });
  afterEach(async () => {
    stack.remove();
    await simulator.stop();
  });

  const writes = () =>
    simulator.requests
      .filter(({ method }) => method !== "GET")
      .map(({ method, userIds }) => `${method} ${[...userIds].sort().join(" ")}`);

  it("shows additions and removals by label, and makes them in one request each", async () => {
    await stack.declareRosters(roster({ "alice@example.com": alice, "bob@example.com": bob }));
    await stack.up();
    await stack.preview("--refresh", "--expect-no-changes");

    await stack.declareRosters(roster({ "alice@example.com": alice, "carol@example.com": carol }));
    const preview = await stack.preview("--diff");
    expect(preview).to.include(`- bob@example.com  : "${bob}"`);
    expect(preview).to.include(`+ carol@example.com: "${carol}"`);
    simulator.requests.length = 0;
    await stack.up();
    expect(writes()).to.deep.equal([`DELETE ${bob}`, `POST ${carol}`]);

    await stack.destroy();
    expect(simulator.org.holders("on_call")).to.deep.equal([]);
  });

  it("that is exclusive names others in the preview after a refresh, then takes their seats", async () => {
    simulator.org.claim("on_call", carol);
    await stack.declareRosters(roster({ alice }, { exclusive: true }));
    expect(await stack.up()).to.include("1 others hold seats of on_call");
    expect(simulator.org.holders("on_call")).to.deep.equal([alice, carol]);

    expect(await stack.preview("--refresh", "--diff")).to.include(
      `- carol@example.com: "${carol}"`,
    );
    await stack.up("--refresh");
    expect(simulator.org.holders("on_call")).to.deep.equal([alice]);
    await stack.preview("--refresh", "--expect-no-changes");
  });

  it("that is done in part is completed by the next up", async () => {
    await stack.declareRosters(roster({ alice, ghost: user(99) }));
    expect(await stack.fails("up", "--yes", "--skip-preview")).to.include(
      '"ghost": Could not assign',
    );
    expect((await stack.seats())[0]?.outputs?.members).to.deep.equal({ alice });
    await stack.refresh();

    simulator.org.addUser(user(99));
    simulator.requests.length = 0;
    await stack.up();
    expect(writes()).to.deep.equal([`POST ${user(99)}`]);
    await stack.preview("--refresh", "--expect-no-changes");
  });

  it("that is exclusive suffers no other resource of its product in the program", async () => {
    await stack.declareRosters(roster({ alice }, { exclusive: true }));
    await stack.declare(single("bob-alone", bob));
    expect(await stack.fails("preview")).to.match(
      /"(team|bob-alone)" and "(team|bob-alone)" both declare .*seats? of on_call/,
    );
  });

  it("without members is refused, instead of being taken for an empty one", async () => {
    await stack.declareRosters(roster({ alice }));
    await stack.up();
    await stack.declareRosters({ name: "team", productCode: "on_call" } as never);
    expect(await stack.fails("up", "--yes", "--skip-preview")).to.include(
      "property members value {<nil>} has a problem: expected the UUIDs of Datadog users by label",
    );
    expect(simulator.org.holders("on_call")).to.deep.equal([alice]);
  });

  it("names in a preview the label of a member that is no UUID", async () => {
    await stack.declareRosters(roster({ alice, mail: "bob@example.com" }));
    const output = await stack.fails("preview");
    expect(output)
      .to.include('member "mail": expected the UUID of a Datadog user')
      .and.not.include(alice);
    expect(simulator.count()).to.equal(0);
  });

  it("takes at most 150 bytes of state a member", async () => {
    const members = (count: number) =>
      Object.fromEntries(users(count).map((id, n) => [`user-${n}@example.com`, id]));
    const size = async () => JSON.stringify(await stack.seats()).length;
    for (const id of users(300)) simulator.org.addUser(id);
    await stack.declareRosters(roster(members(100)));
    await stack.up();
    const small = await size();
    await stack.declareRosters(roster(members(300)));
    await stack.up();
    expect(((await size()) - small) / 200).to.be.at.most(150);
  });
});
