import { expect } from "chai";
import { onEachEntryPoint } from "../support/entryPoints";
import { user } from "../support/ids";
import { roster, rosterHarness } from "../support/providerHarness";
import { rejection } from "../support/rejection";

const [alice, bob] = [user(1), user(2)];
const ID = "on_call/roster";

onEachEntryPoint("A SeatRoster beside other resources of the program", (entryPoint) => {
  const ctx = rosterHarness(entryPoint);
  const holders = () => ctx.simulator.org.holders("on_call");

  it("leaves the seat of a member whom another resource of the program declares", async () => {
    ctx.simulator.org.claim("on_call", alice);
    ctx.simulator.org.claim("on_call", bob);
    const other = roster({ alice }, { __urn: "urn:other" });
    await ctx.provider.check(other, other);
    await ctx.provider.diff(ID, other, other);
    await ctx.provider.delete(ID, roster({ alice, bob }));
    expect(holders()).to.deep.equal([alice]);
    expect(await ctx.provider.outputAtEnd()).to.include(
      'Left the seats of on_call of "alice" in place',
    );
  });

  it("keeps all its seats where the roster that declares them holds none of them by its state", async () => {
    ctx.simulator.org.claim("on_call", alice);
    const other = roster({ alice }, { __urn: "urn:other" });
    await ctx.provider.check(other, other);
    // The last run recorded a roster that was done in part, and a refresh shows the one to be deleted.
    await ctx.provider.diff(ID, { ...other, members: {} }, other);
    await ctx.provider.diff(
      ID,
      roster({ alice }, { __urn: "urn:one" }),
      roster({ alice }, { __urn: "urn:one" }),
    );
    const error = await rejection(ctx.provider.delete(ID, roster({ alice })));
    expect(error.message).to.include("Kept the seats of on_call of this roster");
    expect(ctx.simulator.count()).to.equal(0);
  });

  it("keeps in its state a member whom the resource that declares the seat does not own yet", async () => {
    for (const id of [alice, bob]) ctx.simulator.org.claim("on_call", id);
    const single = { productCode: "on_call", userId: bob };
    await ctx.provider.as("SeatAssignment").check(single);
    await ctx.provider.check(roster({ alice }));
    const state = await ctx.provider.update(ID, roster({ alice, bob }), roster({ alice }));
    expect(state).to.deep.equal(roster({ alice, bob }));
    await ctx.provider.as("SeatAssignment").create(single);
    expect(await ctx.provider.update(ID, state, roster({ alice }))).to.deep.equal(
      roster({ alice }),
    );
    expect(ctx.simulator.count("DELETE")).to.equal(0);
    expect(await ctx.provider.outputAtEnd()).to.include('Kept the seats of on_call of "bob"');
  });

  it("that takes a seat away before the engine shows whose it is has it assigned again", async () => {
    for (const id of [alice, bob]) ctx.simulator.org.claim("on_call", id);
    const single = { productCode: "on_call", userId: bob };
    await ctx.provider.check(roster({ alice }));
    await ctx.provider.update(ID, roster({ alice, bob }), roster({ alice }));
    expect(holders()).to.deep.equal([alice]);

    const assignment = ctx.provider.as("SeatAssignment");
    await assignment.check(single);
    expect(await assignment.diff(`on_call/${bob}`, single, single)).to.include({ changes: true });
    await assignment.update(`on_call/${bob}`, single, single);
    expect(holders()).to.deep.equal([alice, bob]);

    // So has a roster that turns out to have the member.
    expect(await ctx.provider.diff(ID, roster({ bob }), roster({ bob }))).to.include({
      changes: true,
    });
  });

  it("is deleted as a whole or not at all, where another resource is to take a seat over", async () => {
    for (const id of [alice, bob]) ctx.simulator.org.claim("on_call", id);
    await ctx.provider.as("SeatAssignment").check({ productCode: "on_call", userId: bob });
    const error = await rejection(ctx.provider.delete(ID, roster({ alice, bob })));
    expect(error.message).to.include(`Kept the seats of on_call of this roster`).and.include(bob);
    expect(holders()).to.deep.equal([alice, bob]);
  });

  it("that swaps a member with another whose seats are gone waits for nobody", async () => {
    const [days, nights] = [roster({ alice }), roster({ bob })];
    await ctx.provider.check(roster({ bob }));
    await ctx.provider.check(roster({ alice }));
    const swapped = await Promise.all([
      ctx.provider.update(ID, days, roster({ bob })),
      ctx.provider.update(ID, nights, roster({ alice })),
    ]);
    expect(swapped).to.deep.equal([roster({ bob }), roster({ alice })]);
    expect(holders()).to.deep.equal([alice, bob]);
  });
});
