import { expect } from "chai";
import { Simulator } from "../../simulator/src";
import { user, users } from "../support/ids";
import { TestStack } from "../support/stack";

const [alice, bob, carol] = [user(1), user(2), user(3)];
const aliceOnCall = { name: "alice", productCode: "on_call", userId: alice };
const bobOnCall = { name: "bob", productCode: "on_call", userId: bob };

describe("the lifecycle of a seat, with the real Pulumi CLI", () => {
  let simulator: Simulator;
  let stack: TestStack;

  beforeEach(async () => {
    simulator = await Simulator.start();
    for (const id of users(5)) simulator.org.addUser(id);
    simulator.org.product("on_call");
    simulator.org.product("incident_response");
    stack = await TestStack.create(simulator);
  });

  afterEach(async () => {
    stack.remove();
    await simulator.stop();
  });

  /** Everything but listings, in words. */
  const writes = () =>
    simulator.requests
      .filter(({ method }) => method !== "GET")
      .map(({ method, productCode, userIds }) => `${method} ${productCode} ${userIds.join(" ")}`);

  it("shows the seats in a preview without a request, grants them in an up, and leaves them alone in the next", async () => {
    await stack.declare(aliceOnCall, bobOnCall);

    const preview = await stack.preview("--diff");
    expect(preview).to.include(`userId     : "${alice}"`).and.to.include("+ 3 to create");
    expect(simulator.requests).to.deep.equal([]);

    await stack.up();
    expect(simulator.org.holders("on_call")).to.deep.equal([alice, bob]);

    simulator.requests.length = 0;
    expect(await stack.up()).to.include("3 unchanged");
    expect(await stack.preview("--expect-no-changes")).to.include("3 unchanged");
    expect(simulator.requests).to.deep.equal([]);
  });

  it("learns email, name and date at the first refresh without calling that drift", async () => {
    await stack.declare(aliceOnCall);
    await stack.up();

    await stack.preview("--refresh", "--expect-no-changes");
    await stack.refresh();

    const [seat] = await stack.seats();
    expect(seat?.outputs).to.include({ email: "user-00000000@example.com", name: "User 00000000" });
    expect(Date.parse(String(seat?.outputs?.assignedAt))).to.be.greaterThan(0);
    await stack.preview("--refresh", "--expect-no-changes");
  });

  it("replaces a seat whose user changes: takes the old one away first, so that a full plan has room", async () => {
    simulator.org.product("on_call").capacity = 1;
    await stack.declare(aliceOnCall);
    await stack.up();

    await stack.declare({ ...aliceOnCall, userId: carol });
    expect(await stack.preview("--diff")).to.include(`~ userId     : "${alice}" => "${carol}"`);
    simulator.requests.length = 0;
    await stack.up();

    expect(writes()).to.deep.equal([`DELETE on_call ${alice}`, `POST on_call ${carol}`]);
    expect(simulator.org.holders("on_call")).to.deep.equal([carol]);
  });

  it("replaces a seat whose product changes", async () => {
    await stack.declare(aliceOnCall);
    await stack.up();
    await stack.declare({ ...aliceOnCall, productCode: "incident_response" });
    await stack.up();

    expect(simulator.org.holders("on_call")).to.deep.equal([]);
    expect(simulator.org.holders("incident_response")).to.deep.equal([alice]);
  });

  it("replaces only what changes: not a resource whose user comes from a replaced one", async () => {
    const lead = { name: "lead", productCode: "incident_response", userId: alice };
    await stack.declare(aliceOnCall, { ...lead, afterPrevious: true });
    await stack.up();
    simulator.requests.length = 0;
    await stack.declare(
      { ...aliceOnCall, productCode: "incident_response", userId: bob },
      { ...lead, afterPrevious: true },
    );
    await stack.up();
    expect(writes()).to.deep.equal([`DELETE on_call ${alice}`, `POST incident_response ${bob}`]);
  });

  it("takes a UUID in upper case for the same user", async () => {
    const mixed = "abcdef00-0000-4000-8000-00000000000a";
    simulator.org.addUser(mixed);
    await stack.declare({ ...aliceOnCall, userId: mixed.toUpperCase() });
    await stack.up();
    expect(simulator.org.holders("on_call")).to.deep.equal([mixed]);

    await stack.declare({ ...aliceOnCall, userId: mixed });
    await stack.preview("--refresh", "--expect-no-changes");
  });

  it("changes `existing` without a request", async () => {
    await stack.declare(aliceOnCall);
    await stack.up();
    simulator.requests.length = 0;
    await stack.declare({ ...aliceOnCall, existing: "reject" });

    expect(await stack.up()).to.include("1 updated");
    expect(simulator.requests).to.deep.equal([]);
    expect((await stack.seats())[0]?.outputs).to.include({ existing: "reject", userId: alice });
  });

  it("lets a preview pass when the user is not known yet", async () => {
    await stack.declare(aliceOnCall, { ...bobOnCall, afterPrevious: true });
    expect(await stack.preview()).to.include("3 to create");
    await stack.up();
    expect(simulator.org.holders("on_call")).to.deep.equal([alice, bob]);
  });

  it("destroys with --run-program as well: the program then declares nothing to keep", async () => {
    await stack.declare(aliceOnCall);
    await stack.up();
    await stack.destroy("--run-program");
    expect(simulator.org.holders("on_call")).to.deep.equal([]);
  });

  it("looks a seat up without owning it, and fails when there is none", async () => {
    simulator.org.claim("on_call", carol);
    await stack.declare({ name: "carol", productCode: "on_call", userId: carol, get: true });
    await stack.up();
    expect(await stack.succeeds("stack", "output", "emails")).to.include(
      "user-00000000@example.com",
    );
    await stack.destroy();
    expect(simulator.org.holders("on_call")).to.deep.equal([carol]);

    await stack.declare({ name: "dave", productCode: "on_call", userId: user(4), get: true });
    expect(await stack.fails("up", "--yes", "--skip-preview")).to.include(
      `User ${user(4)} holds no seat of on_call.`,
    );
  });
});
