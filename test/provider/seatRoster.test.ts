import { expect } from "chai";
import { onEachEntryPoint } from "../support/entryPoints";
import { user, users } from "../support/ids";
import { crowd, roster, rosterHarness } from "../support/providerHarness";
import { rejection } from "../support/rejection";

const [alice, bob, carol, dave] = [user(1), user(2), user(3), user(4)];
const ID = "on_call/roster";

onEachEntryPoint("SeatRoster", (entryPoint) => {
  const ctx = rosterHarness(entryPoint);
  const holders = () => ctx.simulator.org.holders("on_call");

  describe("check", () => {
    it("normalises the UUIDs, and lets unknown ones pass", async () => {
      const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
      const upper = "ABCDEF00-0000-4000-8000-00000000000A";
      const { inputs, failures } = await ctx.provider.check(
        roster({ a: upper, b: unknown, c: unknown }),
      );
      expect(failures).to.deep.equal([]);
      expect(inputs).to.deep.equal(roster({ a: upper.toLowerCase(), b: unknown, c: unknown }));
    });

    it("does not take missing members for nobody", async () => {
      for (const members of [undefined, null, [alice], "all"]) {
        const given = { productCode: "on_call", ...(members !== undefined && { members }) };
        const { failures } = await ctx.provider.check(given);
        expect(failures.map(({ property }) => property)).to.deep.equal(["members"]);
      }
    });

    it("names the properties that are wrong", async () => {
      const { failures } = await ctx.provider.check(
        roster({ alice }, { productCode: "", exclusive: "yes", existing: "maybe" }),
      );
      const wrong = failures.map(({ property }) => property);
      expect(wrong).to.deep.equal(["productCode", "exclusive", "existing"]);
      const words = { exclusive: false, existing: "reject" };
      expect((await ctx.provider.check(roster({ alice }, words))).failures).to.deep.equal([]);
      const { inputs } = await ctx.provider.check(roster({ alice }, { existing: "adopt" }));
      expect(inputs).to.deep.equal(roster({ alice }, { existing: "adopt" }));
    });

    it("names the label of a member that is not a UUID, and both of a user who is there twice", async () => {
      const members = { alice, mail: "bob@example.com", anne: alice.toUpperCase() };
      const { failures } = await ctx.provider.check(roster(members));
      expect(failures.map(({ property }) => property)).to.deep.equal(["", ""]);
      const reasons = failures.map(({ reason }) => reason).sort();
      expect(reasons[0]).to.match(/^member "mail": expected the UUID.*an email is not enough/);
      expect(reasons[1]).to.match(/^members .* are the same user 0{8}-/);
      expect(reasons[1]).to.include('"alice"').and.include('"anne"');
      expect(ctx.simulator.count()).to.equal(0);
    });
  });

  it("is created with one listing and a request for every hundred members", async () => {
    const created = await ctx.provider.create(roster(crowd(250)));
    expect(created).to.deep.equal({ id: ID, outputs: roster(crowd(250)) });
    expect(holders()).to.deep.equal(users(250));
    expect(ctx.simulator.count("GET")).to.equal(1);
    expect(ctx.simulator.count("POST")).to.equal(3);
  });

  it("is updated in place: who leaves is unassigned before who joins is assigned", async () => {
    ctx.simulator.org.product("on_call").capacity = 2;
    await ctx.provider.create(roster({ alice, bob }));
    await ctx.nextRun();
    const outs = await ctx.provider.update(
      ID,
      roster({ alice, bob }),
      roster({ alice, bob: carol }),
    );
    expect(outs).to.deep.equal(roster({ alice, bob: carol }));
    expect(ctx.writes()).to.deep.equal([
      ["DELETE", bob],
      ["POST", carol],
    ]);
  });

  it("changes for nothing but what the program says anew, and is replaced for another product", async () => {
    const olds = roster({ alice });
    const diff = (news: Record<string, unknown>) => ctx.provider.diff(ID, olds, news);
    for (const same of [olds, { ...olds, exclusive: false }]) {
      expect(await diff(same)).to.deep.equal({
        changes: false,
        replaces: [],
        deleteBeforeReplace: false,
      });
    }
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    for (const more of [
      { exclusive: true },
      { existing: "reject" },
      { members: { alice: bob } },
      { members: unknown },
      { productCode: unknown },
    ]) {
      const change = await diff({ ...olds, ...more });
      expect(change, JSON.stringify(more)).to.deep.include({ changes: true, replaces: [] });
    }
    expect(await diff({ ...olds, productCode: "x" })).to.deep.include({
      changes: true,
      replaces: ["productCode"],
    });
  });

  it("takes another label for the same user as nothing to do at Datadog", async () => {
    const [olds, news] = [roster({ alice, bob }), roster({ bob: alice, robert: bob })];
    expect(await ctx.provider.diff(ID, olds, news)).to.deep.include({
      changes: true,
      replaces: [],
    });
    await ctx.provider.update(ID, olds, news);
    expect(ctx.writes()).to.deep.equal([]);
  });

  it("is deleted with exactly its members", async () => {
    for (const id of users(10)) ctx.simulator.org.claim("on_call", id);
    await ctx.provider.delete(ID, roster({ alice, carol }));
    expect(ctx.writes()).to.deep.equal([["DELETE", alice, carol]]);
  });

  it("adopts who already holds a seat, and says so; or changes nothing with reject", async () => {
    ctx.simulator.behaviour.assignHeld = 409;
    ctx.simulator.org.claim("on_call", alice);
    const error = await rejection(
      ctx.provider.create(roster({ alice, bob }, { existing: "reject" })),
    );
    expect(error.message).to.match(/^Nothing was changed: "alice" already holds a seat of on_call/);
    expect(ctx.writes()).to.deep.equal([]);

    await ctx.provider.create(roster({ alice, bob }));
    expect(await ctx.provider.outputAtEnd()).to.include("+ alice (adopted)");
    expect(ctx.writes()).to.deep.equal([["POST", bob]]);
  });

  describe("read", () => {
    it("returns those who hold a seat, and ignores everybody else", async () => {
      for (const id of [alice, carol, dave]) ctx.simulator.org.claim("on_call", id);
      const state = roster({ alice, bob }, { existing: "reject" });
      const { id, outputs, inputs } = await ctx.provider.read(ID, state);
      expect(id).to.equal(ID);
      expect(outputs).to.deep.equal(roster({ alice }, { existing: "reject" }));
      expect(inputs).to.deep.equal(outputs);
    });

    it("takes everybody who holds a seat as a member, from the id alone, and fails where nobody does", async () => {
      const nobody = await rejection(ctx.provider.read(ID, {}));
      expect(nobody.message).to.equal("Nobody holds a seat of on_call.");
      await ctx.restart();
      for (const id of [alice, bob]) ctx.simulator.org.claim("on_call", id);
      const { outputs, inputs } = await ctx.provider.read(ID, {});
      expect(outputs).to.deep.equal(roster({ "1@example.com": alice, "2@example.com": bob }));
      expect(inputs).to.deep.equal(outputs);
      const malformed = await rejection(ctx.provider.read("on_call", {}));
      expect(malformed.message).to.match(/^"on_call" is not the id of a roster\./);
    });

    it("stays when nobody is left, for an empty roster is one too", async () => {
      expect(await ctx.provider.read(ID, roster({ alice }))).to.deep.include({
        id: ID,
        outputs: roster({}),
      });
    });

    it("fails when a page in the middle of the listing fails", async () => {
      await ctx.restart({ "datadogSeats:pageSize": "100" });
      for (const id of users(300)) ctx.simulator.org.claim("on_call", id);
      ctx.simulator.faults.add({ method: "GET", page: 2, status: 400, body: { errors: ["busy"] } });
      const error = await rejection(ctx.provider.read(ID, roster(crowd(300))));
      expect(error.message).to.include("Could not list the seats of on_call").and.include("busy");
    });
  });
});
