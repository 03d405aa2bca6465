// What the providers tell a run of their resources, by what becomes of a seat that one of them releases.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { dynamic } from "@pulumi/pulumi";
import { expect } from "chai";
import type sinon from "sinon";
import { SeatsApiError } from "../../../provider/src/api/errors";
import { type SeatsApi, seatsCall } from "../../../provider/src/api/seats";
import { UNKNOWN } from "../../../provider/src/lifecycle/inputs";
import type { PartialChange } from "../../../provider/src/lifecycle/rosterChange";
import type { RosterInputs } from "../../../provider/src/lifecycle/rosterPlan";
import { Run } from "../../../provider/src/lifecycle/run";
import { SeatAssignmentProvider } from "../../../provider/src/lifecycle/seatAssignmentProvider";
import { SeatRosterProvider } from "../../../provider/src/lifecycle/seatRosterProvider";
import { stopClock } from "../../support/clock";
import { user } from "../../support/ids";
import { temporaryFolder } from "../../support/workFolder";

const [alice, bob, carol, dave] = [user(1), user(2), user(3), user(4)];
const urn = (name: string) => `urn:pulumi:test::test::test:SeatRoster::${name}`;
const seat = (userId: string, more = {}) => ({ productCode: "on_call", userId, ...more });
const roster = (members: Record<string, string>, more = {}) => ({
  productCode: "on_call",
  members,
  __urn: urn("team"),
  ...more,
});
const ROSTER = "on_call/roster";
const NO_OWNER = /the resource that declares it now does not own it yet/;
const FAILED = /another resource failed in this run/;

describe("a seat that a resource releases", () => {
  let clock: sinon.SinonFakeTimers;
  let holders: string[];
  let unassigned: string[];
  let seats: SeatAssignmentProvider;
  let rosters: SeatRosterProvider;
  let settings: Record<string, string>;
  const folder = temporaryFolder();

  beforeEach(() => {
    clock = stopClock();
    holders = [alice, bob];
    unassigned = [];
    const api = {
      async *pages() {
        yield { users: holders.map((userId) => ({ userId })) };
      },
      async assign(product: string, userIds: readonly string[]) {
        throw new SeatsApiError(seatsCall("assign", product, userIds), "refused", "plan is full");
      },
      async unassign(_: string, userIds: readonly string[]) {
        unassigned.push(...userIds);
        holders = holders.filter((userId) => !userIds.includes(userId));
      },
    };
    const run = new Run({ connect: () => api as unknown as SeatsApi, log: async () => {} });
    settings = { "datadog:apiKey": "a", "datadog:appKey": "b" };
    run.configure((key) => settings[key]);
    seats = new SeatAssignmentProvider(run);
    rosters = new SeatRosterProvider(run);
  });
  afterEach(() => clock.restore());

  /** What calls fail with, if they do, while the clock jumps from wait to wait. */
  async function ending(...calls: Promise<unknown>[]): Promise<string> {
    let isOver = false;
    const ended = Promise.allSettled(calls).finally(() => {
      isOver = true;
    });
    while (!isOver) {
      if (clock.countTimers() > 0) await clock.nextAsync();
      await new Promise(setImmediate);
    }
    const failures = (await ended).filter((result) => result.status === "rejected");
    return failures.map(({ reason }) => reason.message).join();
  }
  const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const declare = async (userId: string) => void (await seats.check(undefined, seat(userId)));
  const unchanged = (inputs: RosterInputs) => rosters.diff(ROSTER, inputs, inputs);
  /** As a SeatAssignment for alice is deleted, and as a roster is updated. */
  const deleted = (userId = alice) => seats.delete("id", seat(userId));
  const updated = (before = roster({ alice }), after: RosterInputs = roster({})) =>
    rosters.update(ROSTER, before, after);

  async function expectLeftToLaterOwner() {
    const declared = later(400).then(async () => {
      await declare(alice);
      await seats.create(seat(alice));
    });
    await rosters.check(roster({ alice }), roster({}));
    expect(await ending(updated(), declared)).to.equal("");
    expect(unassigned).to.deep.equal([]);
  }

  it("at the end stays until every resource that was checked has begun, or was found unchanged", async () => {
    await seats.check(seat(bob), seat(bob));
    await rosters.check(roster({ carol }), roster({ carol }));
    expect(await ending(deleted())).to.match(FAILED);
    await seats.diff("id", seat(bob), seat(bob));
    expect(await ending(deleted())).to.match(FAILED);
    await unchanged(roster({ carol }));
    expect(await ending(deleted())).to.equal("");
    expect(unassigned).to.deep.equal([alice]);
  });

  it("in an update waits for no resource that has not begun, but stays once a check has failed", async () => {
    await declare(carol);
    expect(await ending(updated())).to.equal("");
    expect(unassigned).to.deep.equal([alice]);
    await seats.check(undefined, seat(carol, { existing: "adpot" }));
    expect(await ending(updated(roster({ bob })))).to.match(/"bob": Kept in the roster: another/);
  });

  it("stays in an update once the check of a roster has failed", async () => {
    await rosters.check(undefined, roster({}, { exclusive: "yes" }));
    expect(await ending(updated())).to.match(FAILED);
  });

  it("stays in the state of each of two rosters, though both fail in the same words", async () => {
    holders = [alice, bob, carol, dave];
    await seats.check(undefined, seat("nobody"));
    const errors: PartialChange[] = [];
    const change = (from: string, to: string) =>
      updated(roster({ lead: from }), roster({ lead: to })).catch((error) => errors.push(error));
    await ending(change(alice, carol), change(bob, dave));
    expect(errors[1]?.message).to.match(FAILED).and.equal(errors[0]?.message);
    expect(errors.map(({ properties }) => properties.members)).to.deep.equal([
      { lead: carol, [`lead (${alice})`]: alice },
      { lead: dave, [`lead (${bob})`]: bob },
    ]);
  });

  it("in an update is left to a resource that declares and owns it soon after", async () => {
    await expectLeftToLaterOwner();
  });

  it("in an update is left so too where the ownership map lists it under this stack", async () => {
    const file = join(folder(), "seats.json");
    writeFileSync(file, JSON.stringify({ test: { on_call: [alice] } }));
    settings["datadogSeats:ownershipMap"] = file;
    await expectLeftToLaterOwner();
  });

  it("of a deleted roster stays, with the others, where a member's is declared soon after and not owned", async () => {
    await declare(carol);
    const deletion = rosters.delete(ROSTER, roster({ alice, bob }));
    const refused = later(400).then(async () => {
      await seats.check(undefined, seat(alice));
      await seats.create(seat(alice, { existing: "reject" })).catch(() => {});
      await seats.diff("id", seat(carol), seat(carol));
    });
    expect(await ending(deletion, refused)).to.match(NO_OWNER);
    expect(unassigned).to.deep.equal([]);
  });

  it("is assigned again to a roster that turns out to have it", async () => {
    await declare(bob);
    await ending(updated());
    expect(unassigned).to.deep.equal([alice]);
    const other = roster({ alice }, { __urn: urn("other") });
    expect((await unchanged(other)).changes).to.equal(true);
    expect(await ending(updated(other, other))).to.include("plan is full");
  });

  describe("is not owned by a resource that declares it and", () => {
    const cases: Record<string, () => Promise<unknown>> = {
      "could not assign it": async () => {
        holders = [];
        await rosters.check(undefined, roster({ alice }));
        await ending(rosters.create(roster({ alice })));
      },
      "was refused it": async () => {
        await seats.check(undefined, seat(alice, { existing: "reject" }));
        expect(await ending(seats.create(seat(alice, { existing: "reject" })))).to.not.equal("");
      },
      "could not be created anew": async () => {
        holders = [];
        await seats.check(seat(alice), seat(alice));
        await ending(seats.create(seat(alice)));
      },
      "of which only a refresh has shown that it has it": async () => {
        await declare(alice);
        await seats.diff("id", seat(alice), seat(alice));
      },
      "is a roster that does not hold it by its state": async () => {
        await rosters.check(roster({ alice }), roster({ alice }));
        await rosters.diff(ROSTER, roster({}), roster({ alice }));
      },
      "is a new roster of which a refresh has shown an old one": async () => {
        await rosters.check(undefined, roster({ alice }));
        await unchanged(roster({ alice }));
      },
      "is a roster that had it for another product": async () => {
        const olds = roster({ alice });
        await rosters.check(olds, { ...olds, productCode: "incident_response" });
        await rosters.diff(ROSTER, olds, { ...olds, productCode: "incident_response" });
        await declare(alice);
      },
      "is an exclusive roster in which only a refresh has found it": async () => {
        const olds = roster({ bob, alice }, { exclusive: true, others: ["alice"] });
        const news = roster({ bob, alice }, { exclusive: true });
        await rosters.check(olds, news);
        await rosters.diff(ROSTER, olds, news);
      },
    };
    for (const [title, happens] of Object.entries(cases)) {
      it(title, async () => {
        await happens();
        const error = await ending(deleted());
        expect(error)
          .to.match(/^Kept the on_call seat of user 0.*1: /)
          .and.match(NO_OWNER);
        expect(unassigned).to.deep.equal([]);
      });
    }
  });

  it("is declared by one resource: a check of another one fails, but not for users who are not known yet", async () => {
    const [one, other] = [{ __urn: urn("one") }, { __urn: urn("other") }];
    const reasons = async (check: Promise<dynamic.CheckResult>) =>
      (await check).failures?.map(({ reason }) => reason);
    const twice = `"one" and "other" both declare the on_call seat of user ${alice}: remove one of them.`;
    expect(await reasons(seats.check(undefined, seat(alice, one)))).to.deep.equal([]);
    expect(await reasons(seats.check(undefined, seat(alice, other)))).to.deep.equal([twice]);
    expect(await reasons(rosters.check(undefined, roster({ alice }, other)))).to.deep.equal([
      twice,
    ]);
    const exclusive = rosters.check(undefined, roster({ bob }, { ...other, exclusive: true }));
    expect((await reasons(exclusive))?.[0]).to.match(/^"other" is exclusive, so it declares every/);
    for (const more of [one, other]) {
      expect(await reasons(rosters.check(undefined, roster({ a: UNKNOWN }, more)))).to.deep.equal(
        [],
      );
    }
  });
});
