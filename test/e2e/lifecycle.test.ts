import { expect } from "chai";
import { user } from "../support/ids";
import { stage } from "../support/stage";

const [alice, bob, carol] = [user(1), user(2), user(3)];
const aliceOnCall = { name: "alice", productCode: "on_call", userId: alice };
const bobOnCall = { name: "bob", productCode: "on_call", userId: bob };

describe("the lifecycle of a seat, with the real Pulumi CLI", () => {
  const on = stage();

  it("shows the seats in a preview, grants them in an up, and leaves them alone in the next", async () => {
    await on.stack.declare(aliceOnCall, bobOnCall);

    const preview = await on.stack.preview("--diff");
    expect(preview).to.include(`userId     : "${alice}"`).and.to.include("+ 3 to create");
    await on.stack.up();
    expect(on.simulator.org.holders("on_call")).to.deep.equal([alice, bob]);

    on.simulator.clearRequests();
    expect(await on.stack.up()).to.include("3 unchanged");
    expect(await on.stack.preview("--expect-no-changes")).to.include("3 unchanged");
    expect(on.simulator.requests).to.deep.equal([]);
  });

  it("learns email, name and date at the first refresh without calling that drift", async () => {
    await on.stack.declare(aliceOnCall);
    await on.stack.up();

    await on.stack.preview("--refresh", "--expect-no-changes");
    await on.stack.refresh();

    const [seat] = await on.stack.seats();
    expect(seat?.outputs).to.include({
      email: "user-000000000001@example.com",
      name: "User 000000000001",
    });
    expect(Date.parse(String(seat?.outputs?.assignedAt))).to.be.greaterThan(0);
    await on.stack.preview("--refresh", "--expect-no-changes");
  });

  it("replaces a seat whose user changes: assigns the new one, then takes the old one away", async () => {
    await on.stack.declare(aliceOnCall);
    await on.stack.up();

    await on.stack.declare({ ...aliceOnCall, userId: carol });
    expect(await on.stack.preview("--diff")).to.include(`~ userId     : "${alice}" => "${carol}"`);
    on.simulator.clearRequests();
    await on.stack.up();

    expect(on.writes()).to.deep.equal([`POST on_call ${carol}`, `DELETE on_call ${alice}`]);
    expect(on.simulator.org.holders("on_call")).to.deep.equal([carol]);
  });

  it("replaces a seat where the plan is full: not by itself, but with deleteBeforeReplace", async () => {
    on.simulator.org.product("on_call").capacity = 1;
    await on.stack.declare(aliceOnCall);
    await on.stack.up();
    const carolOnCall = { ...aliceOnCall, userId: carol };
    await on.stack.declare(carolOnCall);
    expect(await on.stack.fails("up", "--yes", "--skip-preview"))
      .to.include("no seats left")
      .and.include("deleteBeforeReplace: true");
    expect(on.simulator.org.holders("on_call")).to.deep.equal([alice]);

    await on.stack.declare({ ...carolOnCall, deleteBeforeReplace: true });
    await on.stack.up();
    expect(on.simulator.org.holders("on_call")).to.deep.equal([carol]);
    await on.stack.preview("--refresh", "--expect-no-changes");
  });

  it("replaces a seat whose product changes", async () => {
    await on.stack.declare(aliceOnCall);
    await on.stack.up();
    await on.stack.declare({ ...aliceOnCall, productCode: "incident_response" });
    await on.stack.up();

    expect(on.simulator.org.holders("on_call")).to.deep.equal([]);
    expect(on.simulator.org.holders("incident_response")).to.deep.equal([alice]);
  });

  it("replaces only what changes: not a resource whose user comes from a replaced one", async () => {
    const lead = { name: "lead", productCode: "incident_response", userId: alice };
    await on.stack.declare(aliceOnCall, { ...lead, afterPrevious: true });
    await on.stack.up();
    on.simulator.clearRequests();
    await on.stack.declare(
      { ...aliceOnCall, productCode: "incident_response", userId: bob },
      { ...lead, afterPrevious: true },
    );
    await on.stack.up();
    expect(on.writes()).to.deep.equal([`POST incident_response ${bob}`, `DELETE on_call ${alice}`]);
  });

  it("takes a UUID in upper case for the same user", async () => {
    const mixed = "abcdef00-0000-4000-8000-00000000000a";
    on.simulator.org.addUser(mixed);
    await on.stack.declare({ ...aliceOnCall, userId: mixed.toUpperCase() });
    await on.stack.up();
    expect(on.simulator.org.holders("on_call")).to.deep.equal([mixed]);

    await on.stack.declare({ ...aliceOnCall, userId: mixed });
    await on.stack.preview("--refresh", "--expect-no-changes");
  });

  it("changes `existing` without a request", async () => {
    await on.stack.declare(aliceOnCall);
    await on.stack.up();
    on.simulator.clearRequests();
    await on.stack.declare({ ...aliceOnCall, existing: "reject" });

    expect(await on.stack.up()).to.include("1 updated");
    expect(on.simulator.requests).to.deep.equal([]);
    expect((await on.stack.seats())[0]?.outputs).to.include({ existing: "reject", userId: alice });
  });

  it("lets a preview pass when the user is not known yet", async () => {
    await on.stack.declare(aliceOnCall, { ...bobOnCall, afterPrevious: true });
    expect(await on.stack.preview()).to.include("3 to create");
    await on.stack.up();
    expect(on.simulator.org.holders("on_call")).to.deep.equal([alice, bob]);
  });

  it("destroys with --run-program as well: the program then declares nothing to keep", async () => {
    await on.stack.declare(aliceOnCall);
    await on.stack.up();
    await on.stack.destroy("--run-program");
    expect(on.simulator.org.holders("on_call")).to.deep.equal([]);
  });

  it("looks a seat up without owning it, and fails when there is none", async () => {
    on.simulator.org.claim("on_call", carol);
    await on.stack.declare({ name: "carol", productCode: "on_call", userId: carol, get: true });
    await on.stack.up();
    expect(await on.stack.succeeds("stack", "output", "emails")).to.include(
      "user-000000000003@example.com",
    );
    await on.stack.destroy();
    expect(on.simulator.org.holders("on_call")).to.deep.equal([carol]);

    await on.stack.declare({ name: "dave", productCode: "on_call", userId: user(4), get: true });
    expect(await on.stack.fails("up", "--yes", "--skip-preview")).to.include(
      `User ${user(4)} holds no seat of on_call.`,
    );
  });
});
