import { expect } from "chai";
import { onEachEntryPoint } from "../support/entryPoints";
import { user, users } from "../support/ids";
import { crowd, roster, rosterHarness } from "../support/providerHarness";
import { rejection } from "../support/rejection";

const [alice, bob, carol, dave] = [user(1), user(2), user(3), user(4)];
const ID = "on_call/roster";
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

onEachEntryPoint("SeatRoster", (entryPoint) => {
  const ctx = rosterHarness(entryPoint);
  const claim = (...userIds: string[]) => {
    for (const userId of userIds) ctx.simulator.org.claim("on_call", userId);
  };

  it("is checked without a request: members are normalised, or named where they are wrong", async () => {
    const settings = { exclusive: false, existing: "reject" };
    const upper = "ABCDEF00-0000-4000-8000-00000000000A";
    const given = roster({ a: upper, b: UNKNOWN, c: UNKNOWN }, settings);
    expect(await ctx.provider.check(given)).to.deep.equal({
      inputs: roster({ a: upper.toLowerCase(), b: UNKNOWN, c: UNKNOWN }, settings),
      failures: [],
    });
    const wrong = roster(
      { alice, mail: "bob@example.com" },
      { productCode: "", exclusive: "yes", existing: "maybe" },
    );
    const { failures } = await ctx.provider.check(wrong);
    const properties = failures.map(({ property }) => property);
    expect(properties).to.deep.equal(["productCode", "", "exclusive", "existing"]);
    expect(failures[1]?.reason).to.match(/^member "mail": expected the UUID/);
    expect(ctx.simulator.count()).to.equal(0);
  });

  it("takes missing members for a mistake, not for nobody", async () => {
    for (const members of [undefined, null, [alice], "all"]) {
      const given = { productCode: "on_call", ...(members !== undefined && { members }) };
      const { failures } = await ctx.provider.check(given);
      expect(failures.map(({ property }) => property)).to.deep.equal(["members"]);
    }
  });

  it("is created with one listing and a request for every hundred members", async () => {
    const created = await ctx.provider.create(roster(crowd(250)));
    expect(created).to.deep.equal({ id: ID, outputs: roster(crowd(250)) });
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal(users(250));
    expect(ctx.simulator.count("GET")).to.equal(1);
    expect(ctx.simulator.count("POST")).to.equal(3);
  });

  it("is updated in place: who leaves is unassigned before who joins is assigned", async () => {
    ctx.simulator.org.product("on_call").capacity = 2;
    claim(alice, bob);
    const news = roster({ alice, bob: carol });
    expect(await ctx.provider.update(ID, roster({ alice, bob }), news)).to.deep.equal(news);
    // Another label for the same user is nothing to do at Datadog.
    const relabelled = roster({ carol, bob: alice });
    expect(await ctx.provider.update(ID, news, relabelled)).to.deep.equal(relabelled);
    expect(ctx.writes()).to.deep.equal([
      ["DELETE", bob],
      ["POST", carol],
    ]);
  });

  it("changes for nothing but what the program says anew, and is replaced for another product", async () => {
    const olds = roster({ alice });
    const diff = async (more: object) => {
      const { changes, replaces } = await ctx.provider.diff(ID, olds, { ...olds, ...more });
      return changes ? ["changes", ...replaces] : replaces;
    };
    expect(await diff({})).to.deep.equal([]);
    expect(await diff({ exclusive: false })).to.deep.equal([]);
    for (const change of [{ members: { alice: bob } }, { members: UNKNOWN }]) {
      expect(await diff(change)).to.deep.equal(["changes"]);
    }
    expect(await diff({ productCode: UNKNOWN })).to.deep.equal(["changes"]);
    expect(await diff({ productCode: "x" })).to.deep.equal(["changes", "productCode"]);
  });

  it("adopts who already holds a seat, and says so; or changes nothing with reject", async () => {
    claim(alice);
    const error = await rejection(
      ctx.provider.create(roster({ alice, bob }, { existing: "reject" })),
    );
    expect(error.message).to.match(
      /^Nothing was changed: "alice" already holds the on_call seat, and/,
    );
    expect(ctx.writes()).to.deep.equal([]);

    await ctx.provider.create(roster({ alice, bob }));
    expect(await ctx.provider.outputAtEnd()).to.include("+ bob (assigned), + alice (adopted)");
    expect(ctx.writes()).to.deep.equal([["POST", bob]]);
  });

  describe("in a refresh", () => {
    it("has those members who hold a seat, and stays when nobody does", async () => {
      claim(alice, carol, dave);
      const state = roster({ alice, bob }, { existing: "reject" });
      const left = roster({ alice }, { existing: "reject" });
      expect(await ctx.provider.read(ID, state)).to.deep.equal({
        id: ID,
        outputs: left,
        inputs: left,
      });
      const nobody = await ctx.provider.read(ID, roster({ bob }));
      expect(nobody).to.deep.include({ id: ID, outputs: roster({}) });
    });

    it("fails when a page in the middle of the listing fails", async () => {
      await ctx.restart({ "datadogSeats:pageSize": "100" });
      claim(...users(300));
      ctx.simulator.faults.add({ method: "GET", page: 2, status: 400, body: { errors: ["busy"] } });
      const error = await rejection(ctx.provider.read(ID, roster(crowd(300))));
      expect(error.message).to.include("Could not list the on_call seats").and.include("busy");
    });
  });

  it("is looked up by its id alone, with everybody who holds a seat, and fails where nobody does", async () => {
    const nobody = await rejection(ctx.provider.read("incident_response/roster", {}));
    expect(nobody.message).to.equal("Nobody holds an incident_response seat.");
    claim(alice, bob);
    const { outputs, inputs } = await ctx.provider.read(ID, {});
    expect(outputs).to.deep.equal(roster({ "1@example.com": alice, "2@example.com": bob }));
    expect(inputs).to.deep.equal(outputs);
    const malformed = await rejection(ctx.provider.read("on_call", {}));
    expect(malformed.message).to.match(/^"on_call" is not the id of a (roster|SeatRoster)\./);
  });
});
