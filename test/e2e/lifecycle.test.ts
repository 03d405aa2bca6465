import { expect } from "chai";
import { user } from "../support/ids";
import { stackHarness } from "../support/stackHarness";

const [alice, bob, carol] = [user(1), user(2), user(3)];
const aliceOnCall = { name: "alice", productCode: "on_call", userId: alice };
const bobOnCall = { name: "bob", productCode: "on_call", userId: bob };

describe("the lifecycle of a seat, with the real Pulumi CLI", () => {
  const ctx = stackHarness();

  it("shows the seats in a preview, assigns them in an up, and leaves them alone in the next", async () => {
    await ctx.stack.declare(aliceOnCall, bobOnCall);

    const preview = await ctx.stack.preview("--diff");
    expect(preview).to.include(`userId     : "${alice}"`).and.to.include("+ 3 to create");
    await ctx.stack.up();
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal([alice, bob]);

    ctx.simulator.clearRequests();
    expect(await ctx.stack.up()).to.include("3 unchanged");
    expect(await ctx.stack.preview("--expect-no-changes")).to.include("3 unchanged");
    expect(ctx.simulator.requests).to.deep.equal([]);
  });

  it("learns email, name and date at the first refresh without calling that drift", async () => {
    await ctx.stack.declare(aliceOnCall);
    await ctx.stack.up();

    await ctx.stack.preview("--refresh", "--expect-no-changes");
    await ctx.stack.refresh();

    const [seat] = await ctx.stack.seats();
    expect(seat?.outputs).to.include({
      email: "user-000000000001@example.com",
      name: "User 000000000001",
    });
    expect(Date.parse(String(seat?.outputs?.assignedAt))).to.be.greaterThan(0);
    await ctx.stack.preview("--refresh", "--expect-no-changes");
  });

  it("replaces a seat whose user changes: assigns the new one, then unassigns the old one", async () => {
    await ctx.stack.declare(aliceOnCall);
    await ctx.stack.up();

    await ctx.stack.declare({ ...aliceOnCall, userId: carol });
    expect(await ctx.stack.preview("--diff")).to.include(`~ userId     : "${alice}" => "${carol}"`);
    ctx.simulator.clearRequests();
    await ctx.stack.up();

    expect(ctx.writes()).to.deep.equal([`POST on_call ${carol}`, `DELETE on_call ${alice}`]);
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal([carol]);
  });

  it("replaces a seat where the plan is full: not by itself, but with deleteBeforeReplace", async () => {
    ctx.simulator.org.product("on_call").capacity = 1;
    await ctx.stack.declare(aliceOnCall);
    await ctx.stack.up();
    const carolOnCall = { ...aliceOnCall, userId: carol };
    await ctx.stack.declare(carolOnCall);
    expect(await ctx.stack.fails("up", "--yes", "--skip-preview"))
      .to.include("no seats left")
      .and.include("deleteBeforeReplace: true");
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal([alice]);

    await ctx.stack.declare({ ...carolOnCall, deleteBeforeReplace: true });
    await ctx.stack.up();
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal([carol]);
    await ctx.stack.preview("--refresh", "--expect-no-changes");
  });

  it("replaces a seat whose product changes", async () => {
    await ctx.stack.declare(aliceOnCall);
    await ctx.stack.up();
    await ctx.stack.declare({ ...aliceOnCall, productCode: "incident_response" });
    await ctx.stack.up();

    expect(ctx.simulator.org.holders("on_call")).to.deep.equal([]);
    expect(ctx.simulator.org.holders("incident_response")).to.deep.equal([alice]);
  });

  it("replaces only what changes: not a resource whose user comes from a replaced one", async () => {
    const lead = { name: "lead", productCode: "incident_response", userId: alice };
    await ctx.stack.declare(aliceOnCall, { ...lead, afterPrevious: true });
    await ctx.stack.up();
    ctx.simulator.clearRequests();
    await ctx.stack.declare(
      { ...aliceOnCall, productCode: "incident_response", userId: bob },
      { ...lead, afterPrevious: true },
    );
    await ctx.stack.up();
    expect(ctx.writes()).to.deep.equal([
      `POST incident_response ${bob}`,
      `DELETE on_call ${alice}`,
    ]);
  });

  it("takes a UUID in upper case for the same user", async () => {
    const mixed = "abcdef00-0000-4000-8000-00000000000a";
    ctx.simulator.org.addUser(mixed);
    await ctx.stack.declare({ ...aliceOnCall, userId: mixed.toUpperCase() });
    await ctx.stack.up();
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal([mixed]);

    await ctx.stack.declare({ ...aliceOnCall, userId: mixed });
    await ctx.stack.preview("--refresh", "--expect-no-changes");
  });

  it("changes `existing` without a request", async () => {
    await ctx.stack.declare(aliceOnCall);
    await ctx.stack.up();
    ctx.simulator.clearRequests();
    await ctx.stack.declare({ ...aliceOnCall, existing: "reject" });

    expect(await ctx.stack.up()).to.include("1 updated");
    expect(ctx.simulator.requests).to.deep.equal([]);
    expect((await ctx.stack.seats())[0]?.outputs).to.include({ existing: "reject", userId: alice });
  });

  it("lets a preview pass when the user is not known yet", async () => {
    await ctx.stack.declare(aliceOnCall, { ...bobOnCall, afterPrevious: true });
    expect(await ctx.stack.preview()).to.include("3 to create");
    await ctx.stack.up();
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal([alice, bob]);
  });

  it("destroys with --run-program as well: the program then declares nothing to keep", async () => {
    await ctx.stack.declare(aliceOnCall);
    await ctx.stack.up();
    await ctx.stack.destroy("--run-program");
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal([]);
  });

  it("looks a seat up without owning it, and fails when there is none", async () => {
    ctx.simulator.org.claim("on_call", carol);
    await ctx.stack.declare({ name: "carol", productCode: "on_call", userId: carol, get: true });
    await ctx.stack.up();
    expect(ctx.stack.outputs().emails).to.deep.equal(["user-000000000003@example.com"]);
    await ctx.stack.destroy();
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal([carol]);

    await ctx.stack.declare({ name: "dave", productCode: "on_call", userId: user(4), get: true });
    expect(await ctx.stack.fails("up", "--yes", "--skip-preview")).to.include(
      `User ${user(4)} holds no on_call seat.`,
    );
  });
});
