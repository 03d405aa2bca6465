import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { DeclaredRoster, DeclaredSeat } from "../e2e/program/declarations";
import { user, users } from "../support/ids";
import { stackHarness } from "../support/stackHarness";

type Existing = "adopt" | "reject";
interface Program {
  rosters: DeclaredRoster[];
  seats: DeclaredSeat[];
}

const [alice, bob, carol, dave, erin, frank] = [1, 2, 3, 4, 5, 6].map(user) as [
  string,
  string,
  string,
  string,
  string,
  string,
];
const productCode = "on_call";

/** Bob leaves a roster that stays, and gets a resource of his own. */
const MEMBER_TO_SEAT = {
  before: { rosters: [{ name: "team", productCode, members: { alice, bob } }], seats: [] },
  after: (existing: Existing): Program => ({
    rosters: [{ name: "team", productCode, members: { alice } }],
    seats: [{ name: "bob", productCode, userId: bob, existing }],
  }),
};

/** Besides, a seat and a roster get new names, and another seat goes to a roster. */
const EVERY_MOVE = {
  before: {
    rosters: [
      ...MEMBER_TO_SEAT.before.rosters,
      { name: "days", productCode, members: { dave, erin } },
    ],
    seats: [
      { name: "carol", productCode, userId: carol },
      { name: "frank", productCode, userId: frank },
    ],
  },
  after: (existing: Existing): Program => ({
    rosters: [
      ...MEMBER_TO_SEAT.after(existing).rosters,
      { name: "nights", productCode, members: { dave, erin }, existing },
      { name: "franks", productCode, members: { frank }, existing },
    ],
    seats: [
      ...MEMBER_TO_SEAT.after(existing).seats,
      { name: "carol-renamed", productCode, userId: carol, existing },
    ],
  }),
};

const RUNS = [
  { title: "up --refresh", options: ["--refresh"], moves: MEMBER_TO_SEAT },
  {
    title: "up --refresh --continue-on-error",
    options: ["--refresh", "--continue-on-error"],
    moves: EVERY_MOVE,
  },
  {
    title: "up --refresh --run-program --continue-on-error",
    options: ["--refresh", "--run-program", "--continue-on-error"],
    moves: EVERY_MOVE,
  },
  {
    title: "up in a project that always refreshes",
    options: [],
    moves: MEMBER_TO_SEAT,
    project: "options:\n  refresh: always\n",
  },
];

describe("ownership when a run refreshes first", () => {
  const ctx = stackHarness({ users: 6 });

  async function declare({ rosters, seats }: Program) {
    await ctx.stack.declareRosters(...rosters);
    await ctx.stack.declare(...seats);
  }

  /** The seats of a program, as `owned` names those of the state. */
  const seatsOf = ({ rosters, seats }: Program) =>
    [
      ...rosters.flatMap(({ name, members }) =>
        Object.values(members).map((userId) => `${name} on_call/${userId}`),
      ),
      ...seats.map(({ name, userId }) => `${name} on_call/${userId}`),
    ].sort();

  for (const { title, options, moves, project } of RUNS) {
    it(`seats whose new resources are refused stay with the old ones: ${title}`, async () => {
      if (project) appendFileSync(join(ctx.stack.folder, "Pulumi.yaml"), project);
      const { before, after } = moves;
      const held = users(moves === EVERY_MOVE ? 6 : 2);
      const expectOwners = async (program: Program) => {
        expect(ctx.writes()).to.deep.equal([]);
        expect(ctx.simulator.org.holders("on_call")).to.deep.equal(held);
        expect(await ctx.stack.owned()).to.deep.equal(seatsOf(program));
      };
      await declare(before);
      await ctx.stack.up();
      ctx.simulator.clearRequests();

      await declare(after("reject"));
      const output = await ctx.stack.fails("up", "--yes", "--skip-preview", ...options);
      expect(output).to.include('`existing` is "reject"');
      await expectOwners(before);

      await declare(after("adopt"));
      await ctx.stack.up(...options);
      await expectOwners(after("adopt"));

      await declare(before);
      await ctx.stack.up(...options);
      await expectOwners(before);
      await ctx.stack.preview("--refresh", "--expect-no-changes");
    });
  }
});
