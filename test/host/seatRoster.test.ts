import { expect } from "chai";
import { Simulator } from "../../simulator/src";
import { DynamicProviderHost, type Host, type PartialResource } from "../support/host";
import { user, users } from "../support/ids";
import { rejection } from "../support/rejection";

const [alice, bob, carol, dave] = [user(1), user(2), user(3), user(4)];
const ID = "on_call/roster";
const roster = (members: Record<string, string>, more = {}) => ({
  productCode: "on_call",
  members,
  ...more,
});
const crowd = (count: number) =>
  Object.fromEntries(users(count).map((id, n) => [`user-${n + 1}`, id]));

describe("SeatRoster in Pulumi's dynamic-provider process", () => {
  let simulator: Simulator;
  let host: Host;

  beforeEach(async () => {
    simulator = await Simulator.start();
    for (const userId of users(300)) {
      simulator.org.addUser(userId, { email: `${Number(userId.slice(-6))}@example.com` });
    }
    simulator.org.product("on_call");
    await start();
  });
  afterEach(async () => {
    await host.stop();
    await simulator.stop();
  });

  async function start() {
    host = await DynamicProviderHost.start(
      {
        "datadog:apiUrl": simulator.url,
        "datadog:apiKey": simulator.keys.apiKey,
        "datadog:appKey": simulator.keys.appKey,
        "datadogSeats:maxWaitSeconds": "1",
      },
      "SeatRoster",
    );
  }
  /** The next command's process, which knows nothing of the last one's. */
  async function nextRun() {
    await host.stop();
    await start();
    simulator.requests.length = 0;
  }
  const holders = () => simulator.org.holders("on_call");
  const writes = () =>
    simulator.requests
      .filter(({ method }) => method !== "GET")
      .map(({ method, userIds }) => [method, ...[...userIds].sort()]);

  describe("check", () => {
    it("normalises the UUIDs, and lets unknown ones pass", async () => {
      const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
      const upper = "ABCDEF00-0000-4000-8000-00000000000A";
      const { inputs, failures } = await host.check(roster({ a: upper, b: unknown, c: unknown }));
      expect(failures).to.deep.equal([]);
      expect(inputs).to.deep.equal(roster({ a: upper.toLowerCase(), b: unknown, c: unknown }));
    });

    it("does not take missing members for nobody", async () => {
      for (const members of [undefined, null, [alice], "all"]) {
        const given = { productCode: "on_call", ...(members !== undefined && { members }) };
        const { failures } = await host.check(given);
        expect(failures.map(({ property }) => property)).to.deep.equal(["members"]);
      }
    });

    it("names the label of a member that is no UUID, and both of a user who is there twice", async () => {
      const members = { alice, mail: "bob@example.com", anne: alice.toUpperCase() };
      const { failures } = await host.check(roster(members));
      expect(failures.map(({ property }) => property)).to.deep.equal(["", ""]);
      const reasons = failures.map(({ reason }) => reason).sort();
      expect(reasons[0]).to.match(/^member "mail": expected the UUID.*an email is not enough/);
      expect(reasons[1]).to.match(/^members .* are the same user 0{8}-/);
      expect(reasons[1]).to.include('"alice"').and.include('"anne"');
      expect(simulator.count()).to.equal(0);
    });
  });

  it("is created with one listing and a request for every hundred members", async () => {
    const created = await host.create(roster(crowd(250)));
    expect(created).to.deep.equal({ id: ID, outputs: roster(crowd(250)) });
    expect(holders()).to.deep.equal(users(250));
    expect(simulator.count("GET")).to.equal(1);
    expect(simulator.count("POST")).to.equal(3);
  });

  it("is updated in place: who leaves is unassigned before who joins is assigned", async () => {
    simulator.org.product("on_call").capacity = 2;
    await host.create(roster({ alice, bob }));
    await nextRun();
    const outs = await host.update(ID, roster({ alice, bob }), roster({ alice, bob: carol }));
    expect(outs).to.deep.equal(roster({ alice, bob: carol }));
    expect(writes()).to.deep.equal([
      ["DELETE", bob],
      ["POST", carol],
    ]);
  });

  it("takes another label for the same user as nothing to do at Datadog", async () => {
    const [olds, news] = [roster({ alice, bob }), roster({ bob: alice, robert: bob })];
    expect(await host.diff(ID, olds, news)).to.deep.include({ changes: true, replaces: [] });
    await host.update(ID, olds, news);
    expect(writes()).to.deep.equal([]);
  });

  it("is deleted with exactly its members", async () => {
    for (const id of users(10)) simulator.org.claim("on_call", id);
    await host.delete(ID, roster({ alice, carol }));
    expect(writes()).to.deep.equal([["DELETE", alice, carol]]);
  });

  it("leaves the seat of a member whom another resource of the program declares", async () => {
    simulator.org.claim("on_call", alice);
    simulator.org.claim("on_call", bob);
    await host.check(roster({ alice }), roster({ alice }));
    await host.delete(ID, roster({ alice, bob }));
    expect(holders()).to.deep.equal([alice]);
    expect(host.output).to.include('Left the seats of on_call of "alice" in place');
  });

  it("keeps in its state a member whom the resource that declares the seat has not taken over", async () => {
    for (const id of [alice, bob]) simulator.org.claim("on_call", id);
    const single = { productCode: "on_call", userId: bob };
    await host.as("SeatAssignment").check(single);
    await host.check(roster({ alice }));
    const state = await host.update(ID, roster({ alice, bob }), roster({ alice }));
    expect(state).to.deep.equal(roster({ alice, bob }));
    expect(host.output).to.include('Kept the seats of on_call of "bob"');

    await host.as("SeatAssignment").create(single);
    expect(await host.update(ID, state, roster({ alice }))).to.deep.equal(roster({ alice }));
    expect(simulator.count("DELETE")).to.equal(0);
  });

  it("adopts who already holds a seat, and says so; or changes nothing with reject", async () => {
    simulator.behaviour.assignHeld = 409;
    simulator.org.claim("on_call", alice);
    const error = await rejection(host.create(roster({ alice, bob }, { existing: "reject" })));
    expect(error.message).to.match(/^Nothing was changed: "alice" already hold seats of on_call/);
    expect(writes()).to.deep.equal([]);

    await host.create(roster({ alice, bob }));
    expect(host.output).to.include('Adopted the seats of on_call that "alice" already hold');
    expect(writes()).to.deep.equal([["POST", bob]]);
  });

  describe("done in part", () => {
    const failing = async (promise: Promise<unknown>) =>
      (await rejection(promise)) as PartialResource;

    it("records exactly who has a seat, names who has none, and the next update does the rest", async () => {
      const wanted = roster({ ...crowd(99), ghost: user(999) });
      const error = await failing(host.create(wanted));
      expect(error.message).to.match(
        /^1 of 100 changes to the seats of on_call failed. "ghost": Could not assign .*999 not found\.$/,
      );
      expect(error.id).to.equal(ID);
      expect(error.outputs).to.deep.equal(roster(crowd(99)));
      expect(error.reasons).to.have.lengthOf(1);
      expect(holders()).to.deep.equal(users(99));

      await nextRun();
      simulator.org.addUser(user(999));
      expect((await host.diff(ID, error.outputs, wanted)).changes).to.equal(true);
      expect(await host.update(ID, error.outputs, wanted)).to.deep.equal(wanted);
      expect(writes()).to.deep.equal([["POST", user(999)]]);
    });

    it("keeps whoever could not be removed, under a label of its own if need be", async () => {
      simulator.org.claim("on_call", alice);
      simulator.org.claim("on_call", bob);
      simulator.faults.add({
        method: "DELETE",
        status: 422,
        body: { errors: ["locked"] },
        times: 3,
      });
      const news = roster({ alice: carol });
      const error = await failing(host.update(ID, roster({ alice, bob }), news));
      expect(error.outputs).to.deep.equal(
        roster({ alice: carol, [`alice (${alice})`]: alice, bob }),
      );
      expect(holders()).to.deep.equal([alice, bob, carol]);
    });

    it("is recorded as it is when the connection goes for good in the middle", async () => {
      // The listing and the first two groups go through; from then on nothing does.
      simulator.onRequest = () => {
        if (simulator.count("POST") === 2) simulator.faults.add({ instead: "drop", times: 1000 });
      };
      const wanted = roster(crowd(300));
      const error = await failing(host.create(wanted));
      const recorded = Object.values(error.outputs.members as object).sort();
      expect(recorded).to.deep.equal(holders());
      expect(recorded.length).to.be.within(100, 299);
      expect(error.message).to.include("Whether it took effect is not known");

      simulator.onRequest = undefined;
      simulator.faults.clear();
      await nextRun();
      await host.update(ID, error.outputs, wanted);
      expect(holders()).to.deep.equal(users(300));
      expect(writes().flat()).to.not.include(recorded[0]);
    });

    it("records whom it has adopted, even when nobody else got a seat", async () => {
      simulator.org.claim("on_call", alice);
      const error = await failing(host.create(roster({ alice, ghost: user(999) })));
      expect(error.outputs).to.deep.equal(roster({ alice }));
    });

    it("is no partial change when nothing was changed", async () => {
      simulator.keys.permissions = ["billing_read"];
      const error = await rejection(host.create(roster({ alice, bob })));
      expect(error).to.not.have.property("id");
      expect(error.message).to.include("2 of 2 changes").and.include("billing_edit");
      expect(error.message.match(/billing_edit/g)).to.have.lengthOf(1);
    });
  });

  describe("read", () => {
    it("answers those who hold a seat, and ignores everybody else", async () => {
      for (const id of [alice, carol, dave]) simulator.org.claim("on_call", id);
      const state = roster({ alice, bob });
      const { id, outputs, inputs } = await host.read(ID, state);
      expect(id).to.equal(ID);
      expect(outputs).to.deep.equal(roster({ alice }));
      expect(inputs).to.deep.equal(roster({ alice }));
    });

    it("stays when nobody is left, for an empty roster is one too", async () => {
      expect(await host.read(ID, roster({ alice }))).to.deep.include({
        id: ID,
        outputs: roster({}),
      });
    });

    it("fails when a page in the middle of the listing fails", async () => {
      for (const id of users(300)) simulator.org.claim("on_call", id);
      simulator.faults.add({ method: "GET", page: 2, status: 400, body: { errors: ["busy"] } });
      const error = await rejection(host.read(ID, roster(crowd(300))));
      expect(error.message).to.include("Could not list the seats of on_call").and.include("busy");
    });
  });

  describe("exclusive", () => {
    const exclusive = (members: Record<string, string>, more = {}) =>
      roster(members, { exclusive: true, ...more });

    it("takes nobody's seat before a refresh has shown it", async () => {
      simulator.org.claim("on_call", carol);
      await host.create(exclusive({ alice }));
      expect(holders()).to.deep.equal([alice, carol]);
      expect(host.output).to.include("1 others hold seats of on_call. `pulumi preview --refresh`");
    });

    it("shows others by email after a refresh, and then removes them", async () => {
      simulator.org.claim("on_call", alice);
      simulator.org.claim("on_call", carol);
      const { outputs } = await host.read(ID, exclusive({ alice }));
      expect(outputs.members).to.deep.equal({ alice, "3@example.com": carol });

      expect((await host.diff(ID, outputs, exclusive({ alice }))).changes).to.equal(true);
      await nextRun();
      expect(await host.update(ID, outputs, exclusive({ alice }))).to.deep.equal(
        exclusive({ alice }),
      );
      expect(writes()).to.deep.equal([["DELETE", carol]]);
    });

    it("forgets somebody who has left by themselves since", async () => {
      simulator.org.claim("on_call", alice);
      const state = exclusive({ alice, "3@example.com": carol }, { others: ["3@example.com"] });
      expect((await host.read(ID, state)).outputs).to.deep.equal(exclusive({ alice }));
    });

    it("leaves others alone when it is deleted, or no longer exclusive", async () => {
      for (const id of [alice, carol]) simulator.org.claim("on_call", id);
      const { outputs } = await host.read(ID, exclusive({ alice }));
      await nextRun();
      expect(await host.update(ID, outputs, roster({ alice }))).to.deep.equal(roster({ alice }));
      await host.delete(ID, outputs);
      expect(writes()).to.deep.equal([["DELETE", alice]]);
    });

    it("owns a stranger from the moment that the program lists them", async () => {
      for (const id of [alice, carol]) simulator.org.claim("on_call", id);
      const { outputs } = await host.read(ID, exclusive({ alice }));
      const news = exclusive({ alice, "3@example.com": carol });
      expect((await host.diff(ID, outputs, news)).changes).to.equal(true);
      expect(await host.update(ID, outputs, news)).to.deep.equal(news);
      expect(writes()).to.deep.equal([]);
    });
  });
});
