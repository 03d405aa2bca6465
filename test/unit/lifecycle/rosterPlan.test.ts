import { expect } from "chai";
import { UNKNOWN } from "../../../provider/src/lifecycle/inputs";
import {
  checkRemovals,
  differs,
  planRoster,
  previewPlan,
  type RosterInputs,
  type RosterState,
  recordRoster,
} from "../../../provider/src/lifecycle/rosterPlan";
import { user } from "../../support/ids";

const [alice, bob, carol] = [user(1), user(2), user(3)];
const roster = (members: Record<string, string>, more: Partial<RosterState> = {}): RosterState => ({
  productCode: "on_call",
  members,
  ...more,
});

const labels = (...lists: (readonly (readonly [string, string])[])[]) =>
  lists.map((members) => members.map(([label]) => label));

describe("planRoster", () => {
  const exclusive = { exclusive: true };
  const withOther = roster({ alice, carol }, { ...exclusive, others: ["carol"] });

  type Case = [title: string, olds: RosterState, news: RosterInputs, plan: string[][]];
  const cases: Case[] = [
    ["does nothing where nothing changes", roster({ alice }), roster({ alice }), [[], []]],
    [
      "does nothing for a member with a new label",
      roster({ alice }),
      roster({ "alice@example.com": alice }),
      [[], []],
    ],
    [
      "removes who is no longer listed, and adds who is new",
      roster({ alice, bob }),
      roster({ alice, carol }),
      [["bob"], ["carol"]],
    ],
    [
      "exchanges the user of a label",
      roster({ lead: alice }),
      roster({ lead: bob }),
      [["lead"], ["lead"]],
    ],
    [
      "removes the others whom a refresh has found",
      withOther,
      roster({ alice }, exclusive),
      [["carol"], []],
    ],
    [
      "leaves the others alone when it is no longer exclusive",
      withOther,
      roster({ alice }),
      [[], []],
    ],
    [
      "adds another holder whom the program lists now",
      withOther,
      roster({ alice, carol }, exclusive),
      [[], ["carol"]],
    ],
  ];
  for (const [title, olds, news, plan] of cases) {
    it(title, () => {
      const { leaving, joining } = planRoster(olds, news);
      expect(labels(leaving, joining)).to.deep.equal(plan);
    });
  }

  it("adds again whom this run has unassigned, and does not remove them twice", () => {
    const olds = roster({ alice, bob });
    const wasUnassigned = (userId: string) => userId === bob;
    const again = planRoster(olds, olds, wasUnassigned);
    expect(labels(again.leaving, again.joining)).to.deep.equal([[], ["bob"]]);
    expect(planRoster(olds, roster({ alice }), wasUnassigned).leaving).to.deep.equal([]);
  });
});

describe("previewPlan", () => {
  it("tells neither of a member who is not known yet, nor of the user whom the label names so far", () => {
    const plan = previewPlan(roster({ alice, bob }), roster({ bob: UNKNOWN, carol }));
    const { leaving = [], joining = [], unknown = [] } = plan ?? {};
    expect(labels(leaving, joining, unknown)).to.deep.equal([["alice"], ["carol"], ["bob"]]);
    expect(previewPlan(roster({ alice }), roster(UNKNOWN as never))).to.equal(undefined);
  });

  it("has everybody leave and join where the product changes, and not while that is unknown", () => {
    const olds = roster({ alice, bob });
    const moved = previewPlan(olds, { ...olds, productCode: "incident_response" });
    expect(labels(moved?.leaving ?? [], moved?.joining ?? [])).to.deep.equal([
      ["alice", "bob"],
      ["alice", "bob"],
    ]);
    const unknown = previewPlan(olds, { ...olds, productCode: UNKNOWN });
    expect(unknown).to.deep.include({ leaving: [], joining: [] });
  });
});

describe("differs", () => {
  const olds = roster({ alice, bob });

  it("not by the order of the members, nor by false for what was left out", () => {
    expect(differs(olds, roster({ bob, alice }, { exclusive: false }))).to.equal(false);
  });

  it("by each input, and by others whom a refresh has found", () => {
    for (const change of [
      { productCode: "incident_response" },
      { members: { alice } },
      { members: { anne: alice, bob } },
      { members: UNKNOWN as never },
      { exclusive: true },
      { existing: "reject" as const },
      { maxRemovals: 1 },
    ]) {
      expect(differs(olds, { ...olds, ...change }), JSON.stringify(change)).to.equal(true);
    }
    expect(differs({ ...olds, others: ["bob"] }, olds)).to.equal(true);
  });
});

describe("checkRemovals", () => {
  const olds = roster({ alice, bob, carol });
  const refusal = (news: RosterInputs, state = olds) => {
    try {
      checkRemovals(state, news);
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
      'This change would remove 2 members from the on_call roster, more than its `maxRemovals` of 1: "bob", "carol". If that is intended, raise it to 2 for this change.',
    );
  });

  it("refuses an emptied roster that no maxRemovals allows", () => {
    expect(refusal(roster({}), roster({ alice }))).to.equal(
      'This change would remove 1 member from the on_call roster and leave none, which needs a `maxRemovals`: "alice". If that is intended, set it to 1 for this change, or remove the roster from the program.',
    );
    expect(refusal(roster({}, { maxRemovals: 3 }))).to.equal(undefined);
    expect(refusal(roster({}), roster({}))).to.equal(undefined);
  });

  it("counts all members of a roster that is replaced, and none of the others", () => {
    const moved = { productCode: "incident_response", members: olds.members, maxRemovals: 2 };
    expect(refusal(moved))
      .to.include("3 members from the on_call roster, ")
      .and.include('"alice", "bob", "carol"');
    const withOthers = roster({ alice, bob, carol }, { others: ["bob", "carol"] });
    expect(refusal({ ...moved, exclusive: true, maxRemovals: 1 }, withOthers)).to.equal(undefined);
  });

  it("leaves to the up what a preview doesn't know yet", () => {
    const withOthers = roster({ alice, bob }, { others: ["bob"] });
    expect(refusal(roster({ alice }, { maxRemovals: UNKNOWN as never }))).to.equal(undefined);
    expect(refusal(roster({ alice, bob: UNKNOWN }, { maxRemovals: 1 }))).to.equal(undefined);
    expect(refusal({ ...olds, members: UNKNOWN as never, maxRemovals: 0 })).to.equal(undefined);
    const maybeExclusive = { exclusive: UNKNOWN as never, maxRemovals: 0 };
    expect(refusal(roster({ alice }, maybeExclusive), withOthers)).to.equal(undefined);
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
