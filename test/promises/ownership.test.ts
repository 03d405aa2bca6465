import { expect } from "chai";
import type { DeclaredSeat } from "../e2e/program/declarations";
import { onEachEntryPoint } from "../support/entryPoints";
import { user } from "../support/ids";
import { RecordedRuns } from "../support/recordedRuns";
import { inProduct, type ShortProgram, seatsOf, usersOf } from "../support/shortProgram";
import { stackHarness } from "../support/stackHarness";

const [alice, bob, carol, dave, erin] = [user(1), user(2), user(3), user(4), user(5)];

/** From one program to another, and back. */
const MOVES: Readonly<Record<string, readonly [ShortProgram, ShortProgram]>> = {
  "a renamed resource keeps its seat, without an alias": [
    { alice, bob },
    { renamed: alice, bob },
  ],
  "a resource that moves into a component keeps its seat": [{ alice }, { "sre/alice": alice }],
  "two resources that swap their users keep both seats": [
    { first: alice, second: bob },
    { first: bob, second: alice },
  ],
  "users who move on by one resource lose no seat, but for the one who leaves": [
    { first: alice, second: bob, third: carol },
    { first: bob, second: carol, third: dave },
  ],
  "seats go over to a roster that contains them": [{ alice, bob }, { team: { alice, bob } }],
  "a member goes from a roster that stays to a resource of its own": [
    { team: { alice, bob } },
    { team: { alice }, bob },
  ],
  "a member goes from one roster to another": [
    { days: { alice, bob }, nights: { carol } },
    { days: { alice, carol }, nights: { bob } },
  ],
};
const products = Object.keys(MOVES).map((_, n) => `product_${n}`);
const programs = (at: 0 | 1) =>
  Object.values(MOVES).map((move, n) => inProduct(products[n] ?? "", move[at]));

type Seat = DeclaredSeat;
const UNKNOWN_USER = user(99);
const LETTERS = "abcdef00-0000-4000-8000-00000000000a";
const swap = { first: alice, second: bob, base: carol };

onEachEntryPoint(
  "ownership: a wanted seat sees no DELETE, and nobody else's is touched",
  (entryPoint) => {
    const ctx = stackHarness({ entryPoint, shared: true });
    const all = [...products, "swap", "twice"];
    const runs = new RecordedRuns(ctx, all);

    before(async () => {
      const { stack, simulator } = ctx;
      simulator.org.addUser(LETTERS);
      for (const product of all) simulator.org.claim(product, erin);
      const declare = async (at: 0 | 1, more: DeclaredSeat[] = inProduct("swap", swap).seats) => {
        await stack.declare(...programs(at).flatMap(({ seats }) => seats), ...more);
        await stack.declareRosters(...programs(at).flatMap(({ rosters }) => rosters));
      };
      const upFails = () => stack.fails("up", "--yes", "--skip-preview");

      await declare(0);
      await runs.run("before", stack.up);
      await declare(1);
      await runs.run("after", stack.up);
      await stack.preview("--refresh", "--expect-no-changes");
      await declare(0);
      await runs.run("back", () => stack.up("--refresh"));
      const [first, second, base] = inProduct("swap", swap).seats as [Seat, Seat, Seat];
      await declare(0, [
        { ...first, userId: bob },
        { ...base, userId: UNKNOWN_USER },
        { ...second, userId: alice, afterPrevious: true },
      ]);
      await runs.run("broken swap", upFails);
      const { seats } = inProduct("twice", { one: LETTERS, other: LETTERS.toUpperCase() });
      await declare(0, [first, second, base, ...seats]);
      await runs.run("twice", upFails);
      await runs.run("destroy", stack.destroy);
    });

    for (const [n, [title, [before, after]]] of Object.entries(MOVES).entries()) {
      it(`${title}, and back`, () => {
        const product = products[n] ?? "";
        for (const [run, from, to] of [
          ["after", before, after],
          ["back", after, before],
        ] as const) {
          const [old, now] = [usersOf(from), usersOf(to)];
          expect(runs.outcome(run, product), run).to.deep.equal({
            writes: [
              ...old.filter((id) => !now.includes(id)).map((id) => `DELETE ${product} ${id}`),
              ...now.filter((id) => !old.includes(id)).map((id) => `POST ${product} ${id}`),
            ],
            owned: seatsOf(product, to),
            holders: [...now, erin],
          });
        }
      });
    }

    it("a resource that goes says that its seat is left in place", () => {
      expect(runs.output("after")).to.include(`Left the seat ${products[0]}/${alice} in place`);
    });

    it("two resources that swap their users keep both seats even if the run fails before it has seen one of them", () => {
      const outcome = runs.outcome("broken swap", "swap");
      expect(outcome?.holders).to.deep.equal([alice, bob, carol, erin]);
      expect(outcome?.writes.filter((write) => write.startsWith("DELETE"))).to.deep.equal([]);
    });

    it("one seat in two resources of a program is an error that names both", () => {
      // The engine may check either of them first, and the first may have been made by then: it is owned.
      expect(runs.output("twice")).to.match(
        /"twice-(one|other)" and "twice-(one|other)" both declare the twice seat of user/,
      );
      const { owned = [], holders } = runs.outcome("twice", "twice") ?? {};
      expect(holders).to.have.lengthOf(owned.length + 1);
    });

    it("a destroy unassigns what the stack owns, and nothing else", () => {
      for (const product of all) {
        const { holders = [] } = runs.outcome("twice", product) ?? {};
        const { writes = [], ...rest } = runs.outcome("destroy", product) ?? {};
        expect(writes.every((write) => write.startsWith("DELETE "))).to.equal(true);
        const removed = new Set(writes.flatMap((write) => write.split(" ").slice(2)));
        expect([...removed, erin], product).to.have.members(holders);
        expect(rest).to.deep.equal({ owned: [], holders: [erin] });
      }
    });
  },
);
