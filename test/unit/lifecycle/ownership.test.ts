import { expect } from "chai";
import type sinon from "sinon";
import { type During, Ownership } from "../../../provider/src/lifecycle/ownership";
import { stopClock } from "../../support/clock";
import { user } from "../../support/ids";

const seat = (n: number, productCode = "on_call") => ({ productCode, userId: user(n) });
const [alice, bob] = [seat(1), seat(2)];
const urn = (name: string) =>
  `urn:pulumi:test::test::pulumi-nodejs:dynamic/datadog:SeatAssignment::${name}`;
const refused = () => Promise.reject(new Error("422"));

describe("Ownership", () => {
  let clock: sinon.SinonFakeTimers;
  let ownership: Ownership;

  beforeEach(() => {
    clock = stopClock();
    ownership = new Ownership();
  });
  afterEach(() => {
    expect(clock.countTimers(), "timers that are left").to.equal(0);
    clock.restore();
  });

  /** Whether a promise has settled after some time. */
  async function settledAfter(ms: number, promise: Promise<unknown>): Promise<boolean> {
    let isSettled = false;
    void promise.then(() => {
      isSettled = true;
    });
    await clock.tickAsync(ms);
    return isSettled;
  }

  describe("lets a seat be unassigned", () => {
    interface Run {
      during?: During;
      hasProgram?: false;
      declares?: typeof alice;
      /** Resources that were checked, and have not started. */
      pending?: string[];
      replacedIn?: string;
      fails?: "read" | "change";
    }
    const cases: [may: boolean, title: string, run: Run][] = [
      [true, "of a run without a program", { hasProgram: false }],
      [true, "of such a run after a failure", { hasProgram: false, fails: "read" }],
      [true, "that the program does not declare", {}],
      [false, "that the program declares", { declares: alice }],
      [true, "of which it declares another product's", { declares: seat(1, "incident_response") }],
      [false, "after a failed read: the engine checks no such resource", { fails: "read" }],
      [false, "at the end, while a resource is pending", { pending: ["queued"] }],
      [true, "at the end, after a failure", { fails: "change" }],
      [true, "in an update", { during: "update", pending: ["queued"] }],
      [false, "in an update after a failure", { during: "update", fails: "change" }],
      [
        true,
        "before its replacement, while others are pending",
        { replacedIn: "new", pending: ["new", "queued"] },
      ],
      [
        false,
        "before its replacement, after a failure",
        { replacedIn: "new", pending: ["new"], fails: "change" },
      ],
      [
        false,
        "after its replacement, while another is pending",
        { replacedIn: "new", pending: ["queued"] },
      ],
      [true, "after its replacement, and a failure", { replacedIn: "new", fails: "change" }],
    ];
    for (const [may, title, run] of cases) {
      it(`${title}: ${may ? "yes" : "no"}`, async () => {
        if (run.hasProgram !== false) ownership.checked();
        if (run.declares) ownership.declare(run.declares);
        for (const resource of run.pending ?? []) ownership.activity.expect(resource);
        if (run.replacedIn) ownership.replace([alice], run.replacedIn);
        if (run.fails === "read") await ownership.reading(refused).catch(() => {});
        if (run.fails === "change") ownership.failed();
        const awaited = ownership.awaitDeclaration([alice], run.during ?? "delete");
        expect(await settledAfter(500, awaited)).to.equal(true);
        expect(ownership.mayUnassign(alice)).to.equal(may);
        expect(ownership.wasUnassigned(alice)).to.equal(may);
      });
    }
  });

  it("counts a failure of a create, an update, a diff and a check", async () => {
    const failures: ((failing: Ownership) => unknown)[] = [
      (failing) => failing.changing("other", refused),
      (failing) => failing.diffing(refused),
      (failing) => failing.failed(),
    ];
    for (const fails of failures) {
      const failing = new Ownership();
      failing.checked();
      await Promise.resolve(fails(failing)).catch(() => {});
      void failing.awaitDeclaration([alice], "update");
      expect(failing.mayUnassign(alice)).to.equal(false);
    }
  });

  it("remembers what the run has unassigned until it is assigned again", () => {
    expect(ownership.mayUnassign(alice)).to.equal(true);
    expect([alice, bob].map(ownership.wasUnassigned)).to.deep.equal([true, false]);
    ownership.markHeld(alice);
    expect(ownership.wasUnassigned(alice)).to.equal(false);
  });

  it("names a seat that is released by a replacement, and the declarer of one", () => {
    ownership.replace([alice], "new");
    expect(["new", "other"].map((one) => ownership.replacedBy(one))).to.deep.equal([
      alice,
      undefined,
    ]);
    ownership.declare(bob, urn("bob"));
    expect([alice, bob].map(ownership.declarerOf)).to.deep.equal([undefined, urn("bob")]);
  });

  describe("awaits that seats are declared", () => {
    it("no longer than until the program declares all of them", async () => {
      ownership.checked();
      ownership.activity.expect("queued");
      const awaited = ownership.awaitDeclaration([alice, bob], "update");
      ownership.declare(alice);
      expect(await settledAfter(100, awaited)).to.equal(false);
      ownership.declare(bob);
      expect(await settledAfter(0, awaited)).to.equal(true);
    });

    it("for half a second after the last check, diff or declaration", async () => {
      ownership.checked();
      ownership.activity.expect("queued");
      const awaited = ownership.awaitDeclaration([alice], "update");
      for (const calls of [
        () => ownership.checked(),
        () => ownership.declare(bob),
        () => void ownership.diffing(async () => {}),
      ]) {
        expect(await settledAfter(499, awaited)).to.equal(false);
        calls();
      }
      expect(await settledAfter(499, awaited)).to.equal(false);
      expect(await settledAfter(1, awaited)).to.equal(true);
    });

    it("not at all without a program, nor once everything that was checked has started", async () => {
      ownership.activity.expect("queued");
      ownership.activity.called();
      expect(await settledAfter(0, ownership.awaitDeclaration([alice], "delete"))).to.equal(true);
      ownership.checked();
      const withProgram = ownership.awaitDeclaration([alice], "delete");
      expect(await settledAfter(0, withProgram)).to.equal(false);
      await ownership.changing("queued", async () => {});
      expect(await settledAfter(0, withProgram)).to.equal(true);
      expect(await settledAfter(0, ownership.awaitDeclaration([bob], "delete"))).to.equal(true);
    });
  });

  describe("awaits owners", () => {
    beforeEach(() => {
      ownership.checked();
      for (const one of [alice, bob]) ownership.declare(one);
    });

    it("of all the seats, and no longer", async () => {
      ownership.activity.expect("queued");
      ownership.own(alice);
      const awaited = ownership.awaitOwners([alice, bob], "delete");
      expect(await settledAfter(100, awaited)).to.equal(false);
      ownership.own(bob);
      expect(await settledAfter(0, awaited)).to.equal(true);
    });

    it("as long as a create or update may become one, but not for a seat's own update", async () => {
      const creation = ownership.changing("slow", async () => {
        await new Promise((resolve) => setTimeout(resolve, 60_000));
        ownership.own(alice);
      });
      const awaited = ownership.changing("roster", () => ownership.awaitOwners([alice], "update"));
      const deletion = ownership.awaitOwners([alice], "delete");
      expect(await settledAfter(59_999, Promise.any([awaited, deletion]))).to.equal(false);
      expect(await settledAfter(10, Promise.all([awaited, deletion]))).to.equal(true);
      expect(ownership.isOwned(alice)).to.equal(true);
      await creation;
      // Until it is created anew, a resource owns nothing.
      ownership.own(bob);
      ownership.disown(bob);
      const inVain = ownership.changing("roster", () => ownership.awaitOwners([bob], "update"));
      expect(await settledAfter(0, inVain)).to.equal(true);
      expect(ownership.isOwned(bob)).to.equal(false);
    });

    it("and tells of the new one first", async () => {
      const told: string[] = [];
      const released = ownership.awaitOwners([alice], "delete").then(() => told.push("released"));
      await ownership
        .changing("new", async () => ownership.own(alice))
        .then(() => told.push("owned"));
      await clock.tickAsync(0);
      await released;
      expect(told).to.deep.equal(["owned", "released"]);
    });

    it("of two rosters that swap members, until the slower one has assigned", async () => {
      const update = (claimMs: number, joining: typeof alice, leaving: typeof alice) =>
        ownership.changing(`update of ${claimMs} ms`, async () => {
          await ownership.awaitDeclaration([leaving], "update");
          await new Promise((resolve) => setTimeout(resolve, claimMs));
          ownership.own(joining);
          await ownership.awaitOwners([leaving], "update");
          return ownership.isOwned(leaving);
        });
      const swapped = Promise.all([update(100, bob, alice), update(300, alice, bob)]);
      expect(await settledAfter(310, swapped)).to.equal(true);
      expect(await swapped).to.deep.equal([true, true]);
    });
  });

  describe("refuses a second declaration of a seat", () => {
    const declared = (one: string) => ownership.declare(alice, urn(one));

    it("by another resource, with both names", () => {
      expect(["one", "one", "sre::two", "one"].map(declared)).to.deep.equal([
        undefined,
        undefined,
        `"one" and "sre::two" both declare the on_call seat of user ${user(1)}: remove one of them.`,
        undefined,
      ]);
      expect(ownership.declare(alice), "whose name is not known").to.equal(undefined);
    });

    it("beside an exclusive roster, in whichever order", () => {
      const problem =
        '"team" is exclusive, so it declares every on_call seat, and "one" declares seats of that product too: make them members of "team", or make it not exclusive.';
      const exclusive = () => ownership.declareExclusive(bob, urn("team"));
      ownership.declare(bob, urn("team"));
      ownership.declare(seat(1, "on_call_plus"), urn("one"));
      expect([exclusive(), exclusive()]).to.deep.equal([undefined, undefined]);
      expect(declared("one")).to.equal(problem);
      expect(ownership.isWanted(alice)).to.equal(true);

      ownership = new Ownership();
      declared("one");
      expect(exclusive()).to.equal(problem);
    });
  });
});
