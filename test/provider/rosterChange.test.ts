import { expect } from "chai";
import { onEachEntryPoint } from "../support/entryPoints";
import { user, users } from "../support/ids";
import type { PartialResource } from "../support/partialResource";
import { crowd, roster, rosterHarness } from "../support/providerHarness";
import { rejection } from "../support/rejection";

const [alice, bob, carol, dave] = [user(1), user(2), user(3), user(4)];
const ID = "on_call/roster";
const failing = async (promise: Promise<unknown>) => (await rejection(promise)) as PartialResource;

onEachEntryPoint("SeatRoster, changed in part", (entryPoint) => {
  const ctx = rosterHarness(entryPoint);
  const holders = () => ctx.simulator.org.holders("on_call");

  for (const existing of ["adopt", "reject"] as const) {
    it(`does as "${existing}" says with a seat that was claimed after the listing`, async () => {
      ctx.simulator.behaviour.assignHeld = 409;
      ctx.simulator.onRequest = () => {
        ctx.simulator.onRequest = undefined;
        ctx.simulator.org.claim("on_call", alice);
      };
      const wanted = roster({ alice, bob }, { existing });
      if (existing === "reject") {
        const error = await failing(ctx.provider.create(wanted));
        expect(error.message).to.include('"alice": ').and.include("who already holds one");
        expect(error.outputs).to.deep.equal(roster({ bob }, { existing }));
      } else {
        expect((await ctx.provider.create(wanted)).outputs).to.deep.equal(wanted);
        expect(await ctx.provider.outputAtEnd()).to.include("+ alice (adopted)");
      }
      expect(holders()).to.deep.equal([alice, bob]);
    });
  }

  it("records exactly who has a seat, names who has none, and the next update does the rest", async () => {
    ctx.simulator.org.claim("on_call", alice);
    const wanted = roster({ ...crowd(99), ghost: user(999) });
    const error = await failing(ctx.provider.create(wanted));
    expect(error.message).to.match(
      /^1 of 100 changes to the on_call seats failed. "ghost": Could not assign .*999 not found\.$/,
    );
    expect(error.id).to.equal(ID);
    expect(error.outputs).to.deep.equal(roster(crowd(99)));
    expect(error.reasons).to.have.lengthOf(1);
    expect(holders()).to.deep.equal(users(99));

    await ctx.nextRun();
    ctx.simulator.org.addUser(user(999));
    expect((await ctx.provider.diff(ID, error.outputs, wanted)).changes).to.equal(true);
    expect(await ctx.provider.update(ID, error.outputs, wanted)).to.deep.equal(wanted);
    expect(ctx.writes()).to.deep.equal([["POST", user(999)]]);
  });

  it("keeps whoever could not be removed, under a label of their own if need be", async () => {
    for (const id of [alice, bob]) ctx.simulator.org.claim("on_call", id);
    ctx.simulator.faults.add({ method: "DELETE", status: 422 });
    ctx.simulator.onRequest = () => {
      if (ctx.simulator.count("DELETE") === 2)
        ctx.simulator.faults.add({ method: "DELETE", status: 422 });
    };
    const news = roster({ alice: carol });
    const error = await failing(ctx.provider.update(ID, roster({ alice, bob }), news));
    expect(error.message).to.match(/^1 of 3 changes/);
    const [left = ""] = holders();
    expect(holders()).to.deep.equal([left, carol]);
    const label = left === alice ? `alice (${alice})` : "bob";
    expect(error.outputs).to.deep.equal(roster({ alice: carol, [label]: left }));
  });

  it("is no partial change when nothing was changed: one sentence tells why", async () => {
    ctx.simulator.keys.permissions = ["billing_read", "user_access_read"];
    await ctx.provider.check(roster({ alice, bob }));
    const error = await rejection(ctx.provider.create(roster({ alice, bob })));
    expect(error).to.not.have.property("id");
    expect(error.message).to.include("2 of 2 changes").and.not.include("--run-program");
    expect(error.message.match(/billing_edit/g)).to.have.lengthOf(1);
  });
});

describe("SeatRoster, when the connection goes for good in the middle", () => {
  const ctx = rosterHarness("dynamic");

  it("records what was done, and the next update does the rest", async () => {
    await ctx.restart({ "datadogSeats:maxWaitSeconds": "5" });
    // The listing and the first two batches go through; from then on nothing does.
    ctx.simulator.onRequest = () => {
      if (ctx.simulator.count("POST") === 2)
        ctx.simulator.faults.add({ instead: "drop", times: 1000 });
    };
    const wanted = roster(crowd(300));
    const error = await failing(ctx.provider.create(wanted));
    const recorded = Object.values(error.outputs.members as object).sort();
    expect(recorded).to.deep.equal(ctx.simulator.org.holders("on_call"));
    expect(recorded.length).to.be.within(100, 299);
    expect(error.message).to.include("Whether it took effect is not known");

    ctx.simulator.onRequest = undefined;
    ctx.simulator.faults.clear();
    await ctx.nextRun();
    await ctx.provider.update(ID, error.outputs, wanted);
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal(users(300));
    expect(ctx.writes().flat()).to.not.include(recorded[0]);
  });
});

onEachEntryPoint("SeatRoster, exclusive", (entryPoint) => {
  const ctx = rosterHarness(entryPoint);
  const holders = () => ctx.simulator.org.holders("on_call");
  const exclusive = (members: Record<string, string>, more = {}) =>
    roster(members, { exclusive: true, ...more });

  it("takes nobody's seat before a refresh has shown it: a create, or the update that makes it exclusive, names them", async () => {
    for (const id of [alice, carol]) ctx.simulator.org.claim("on_call", id);
    await ctx.provider.update(ID, exclusive({ alice }), exclusive({ alice, bob }));
    await ctx.provider.create(exclusive({ alice, bob, carol }));
    await ctx.provider.create(exclusive({ alice, bob }));
    await ctx.provider.update(ID, roster({ alice }), exclusive({ alice }));
    expect(holders()).to.deep.equal([alice, bob, carol]);
    const output = await ctx.provider.outputAtEnd();
    expect(output.match(/\d other users? holds?/g)).to.deep.equal([
      "1 other user holds",
      "2 other users hold",
    ]);
  });

  it("shows others by email after a refresh, and then removes them, or forgets who has left since", async () => {
    for (const id of [alice, carol]) ctx.simulator.org.claim("on_call", id);
    const { outputs } = await ctx.provider.read(ID, exclusive({ alice }));
    expect(outputs).to.deep.equal(
      exclusive({ alice, "3@example.com": carol }, { others: ["3@example.com"] }),
    );
    expect((await ctx.provider.diff(ID, outputs, exclusive({ alice }))).changes).to.equal(true);
    await ctx.nextRun();
    expect(await ctx.provider.update(ID, outputs, exclusive({ alice }))).to.deep.equal(
      exclusive({ alice }),
    );
    expect(ctx.writes()).to.deep.equal([["DELETE", carol]]);
    expect((await ctx.provider.read(ID, outputs)).outputs).to.deep.equal(exclusive({ alice }));
  });

  it("does not own another holder who could not be removed", async () => {
    for (const id of [alice, bob, carol]) ctx.simulator.org.claim("on_call", id);
    ctx.simulator.faults.add({ method: "DELETE", status: 422, times: 3 });
    const { outputs } = await ctx.provider.read(ID, exclusive({ alice, bob }));
    const error = await failing(ctx.provider.update(ID, outputs, exclusive({ alice, dave })));
    expect(error.outputs).to.deep.equal(
      exclusive({ alice, bob, dave, "3@example.com": carol }, { others: ["3@example.com"] }),
    );
  });

  it("leaves others alone when it is deleted, or no longer exclusive, and owns whom the program lists", async () => {
    for (const id of [alice, carol]) ctx.simulator.org.claim("on_call", id);
    const { outputs } = await ctx.provider.read(ID, exclusive({ alice }));
    const news = exclusive({ alice, "3@example.com": carol });
    expect((await ctx.provider.diff(ID, outputs, news)).changes).to.equal(true);
    expect(await ctx.provider.update(ID, outputs, news)).to.deep.equal(news);
    expect(await ctx.provider.update(ID, outputs, roster({ alice }))).to.deep.equal(
      roster({ alice }),
    );
    await ctx.provider.delete(ID, outputs);
    expect(ctx.writes()).to.deep.equal([["DELETE", alice]]);
  });
});
