import { expect } from "chai";
import { UNKNOWN } from "../../../provider/src/lifecycle/inputs";
import {
  checkRemovals,
  planRoster,
  type RosterInputs,
  type RosterState,
  recordRoster,
  rosterDiff,
} from "../../../provider/src/lifecycle/rosterPlan";
import { user } from "../../support/ids";

const [alice, bob, carol] = [user(1), user(2), user(3)] as [string, string, string];
const roster = (members: Record<string, string>, more: Partial<RosterState> = {}): RosterState => ({
  productCode: "on_call",
  members,
  ...more,
});

describe("planRoster", () => {
  interface Case {
    title: string;
    olds: RosterState;
    news: RosterInputs;
    held?: string[];
    unassigned?: string[];
    /** The labels of those who leave, are assigned, and are adopted. */
    plan: [leaving: string[], assign: string[], adopt: string[]];
  }
  const exclusive = { exclusive: true };
  const withOther = { ...exclusive, others: ["carol"] };

  const cases: Case[] = [
    {
      title: "does nothing where nothing changes",
      olds: roster({ alice }),
      news: roster({ alice }),
      plan: [[], [], []],
    },
    {
      title: "does nothing for a member with a new label",
      olds: roster({ alice }),
      news: roster({ "alice@example.com": alice }),
      plan: [[], [], []],
    },
    {
      title: "removes who is no longer listed, and assigns who is new",
      olds: roster({ alice, bob }),
      news: roster({ alice, carol }),
      plan: [["bob"], ["carol"], []],
    },
    {
      title: "adopts who is new and holds a seat",
      olds: roster({ alice }),
      news: roster({ alice, bob, carol }),
      held: [carol],
      plan: [[], ["bob"], ["carol"]],
    },
    {
      title: "exchanges the user of a label",
      olds: roster({ lead: alice }),
      news: roster({ lead: bob }),
      plan: [["lead"], ["lead"], []],
    },
    {
      title: "removes the others whom a refresh has found",
      olds: roster({ alice, carol }, withOther),
      news: roster({ alice }, exclusive),
      plan: [["carol"], [], []],
    },
    {
      title: "leaves the others alone when it is no longer exclusive",
      olds: roster({ alice, carol }, withOther),
      news: roster({ alice }),
      plan: [[], [], []],
    },
    {
      title: "adopts another holder whom the program lists now",
      olds: roster({ alice, carol }, withOther),
      news: roster({ alice, carol }, exclusive),
      held: [carol],
      plan: [[], [], ["carol"]],
    },
    {
      title: "assigns again whom this run has unassigned",
      olds: roster({ alice, bob }),
      news: roster({ alice, bob }),
      unassigned: [bob],
      plan: [[], ["bob"], []],
    },
  ];
  for (const { title, olds, news, held = [], unassigned = [], plan } of cases) {
    it(title, () => {
      const { leaving, assign, adopt } = planRoster(olds, news, {
        holds: (userId) => held.includes(userId),
        wasUnassigned: (userId) => unassigned.includes(userId),
      });
      const labels = [leaving, assign, adopt].map((members) => members.map(([label]) => label));
      expect(labels).to.deep.equal(plan);
    });
  }
});

describe("rosterDiff", () => {
  const olds = roster({ alice, bob });

  it("finds no change in another order of the members, nor in false for what was left out", () => {
    const news = roster({ bob, alice }, { exclusive: false });
    expect(rosterDiff(olds, news)).to.deep.equal({ changed: false, replacing: [] });
  });

  it("finds a change of each input, and others whom a refresh has found", () => {
    const changed = { changed: true, replacing: [] };
    for (const change of [
      { members: { alice } },
      { members: { anne: alice, bob } },
      { members: UNKNOWN as never },
      { exclusive: true },
      { existing: "reject" as const },
      { maxRemovals: 1 },
    ]) {
      expect(rosterDiff(olds, { ...olds, ...change }), JSON.stringify(change)).to.deep.equal(
        changed,
      );
    }
    expect(rosterDiff({ ...olds, others: ["bob"] }, olds)).to.deep.equal(changed);
  });

  it("names the property for which the roster is replaced", () => {
    const news = { ...olds, productCode: "incident_response" };
    expect(rosterDiff(olds, news)).to.deep.equal({ changed: true, replacing: ["productCode"] });
  });
});

describe("checkRemovals", () => {
  const olds = roster({ alice, bob, carol });
  const refusal = (news: RosterInputs, leavesAll = false, state = olds) => {
    try {
      checkRemovals(state, news, leavesAll);
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  };

  it("passes as many as maxRemovals, and any number without it", () => {
    expect(refusal(roster({ alice }, { maxRemovals: 2 }))).to.equal(undefined);
    expect(refusal(roster({ alice }))).to.equal(undefined);
  });

  it("names those who would leave where they are more", () => {
    expect(refusal(roster({ alice }, { maxRemovals: 1 }))).to.equal(
      'This change would remove 2 members from the roster of on_call, more than its `maxRemovals` of 1: "bob", "carol". If that is intended, raise it to 2 for this change.',
    );
  });

  it("refuses an emptied roster that no maxRemovals allows", () => {
    expect(refusal(roster({}), false, roster({ alice }))).to.equal(
      'This change would remove 1 member from the roster of on_call and leave none, which takes a `maxRemovals`: "alice". If that is intended, set it to 1 for this change, or remove the roster from the program.',
    );
    expect(refusal(roster({}, { maxRemovals: 3 }))).to.equal(undefined);
    expect(refusal(roster({}), false, roster({}))).to.equal(undefined);
  });

  it("counts all members of a roster that is replaced, and none of the others", () => {
    const moved = { productCode: "incident_response", members: olds.members, maxRemovals: 2 };
    expect(refusal(moved, true)).to.include("3 members");
    const withOthers = roster({ alice, bob, carol }, { others: ["bob", "carol"] });
    expect(refusal({ ...moved, exclusive: true, maxRemovals: 1 }, true, withOthers)).to.equal(
      undefined,
    );
  });

  it("leaves it to the up while maxRemovals is not known yet", () => {
    expect(refusal(roster({ alice }, { maxRemovals: UNKNOWN as never }))).to.equal(undefined);
    expect(refusal(roster(olds.members, { maxRemovals: UNKNOWN as never }))).to.equal(undefined);
  });

  it("does not count the others while it is not known whether the roster is exclusive", () => {
    const withOthers = roster({ alice, bob }, { others: ["bob"] });
    const news = roster({ alice }, { exclusive: UNKNOWN as never, maxRemovals: 0 });
    expect(refusal(news, false, withOthers)).to.equal(undefined);
  });

  it("does not count a label whose user a preview doesn't know yet", () => {
    expect(refusal(roster({ alice, bob: UNKNOWN }, { maxRemovals: 1 }))).to.equal(undefined);
    expect(refusal({ ...olds, members: UNKNOWN as never, maxRemovals: 0 })).to.equal(undefined);
  });
});

describe("recordRoster", () => {
  it("holds who was to be a member, without those who got no seat", () => {
    const news = roster({ alice, bob }, { maxRemovals: 3 });
    expect(recordRoster(roster({}), news, ["bob"], [])).to.deep.equal({
      ...news,
      members: { alice },
    });
  });

  it("keeps who stays, under a label of their own if need be, and others as others", () => {
    const olds = roster({ alice, bob }, { others: ["bob"] });
    const staying = Object.entries(olds.members);
    expect(recordRoster(olds, roster({ alice: carol }), [], staying)).to.deep.equal(
      roster({ alice: carol, [`alice (${alice})`]: alice, bob }, { others: ["bob"] }),
    );
  });
});
