import { expect } from "chai";
import sinon from "sinon";
import { Ownership } from "../../../provider/src/seats/ownership";

describe("Ownership", () => {
  let clock: sinon.SinonFakeTimers;
  let ownership: Ownership;

  beforeEach(() => {
    clock = sinon.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    ownership = new Ownership();
  });
  afterEach(() => clock.restore());

  /** Whether a promise has settled after some time. */
  async function settledAfterMs(promise: Promise<unknown>, ms: number): Promise<boolean> {
    let settled = false;
    promise.then(() => {
      settled = true;
    });
    await clock.tickAsync(ms);
    return settled;
  }

  it("knows that a seat is not wanted half a second after the last check", async () => {
    ownership.checked();
    const wanted = ownership.willBeWanted("alice");
    expect(await settledAfterMs(wanted, 400)).to.equal(false);
    ownership.checked();
    expect(await settledAfterMs(wanted, 400)).to.equal(false);
    expect(await settledAfterMs(wanted, 100)).to.equal(true);
    expect(await wanted).to.equal(false);
  });

  it("knows at once that a seat is wanted which the program declares", async () => {
    ownership.checked();
    ownership.declare("alice");
    expect(await settledAfterMs(ownership.willBeWanted("alice"), 0)).to.equal(true);
    expect(await ownership.willBeWanted("alice")).to.equal(true);
  });

  it("wants nothing in a destroy, which has no program", async () => {
    expect(ownership.hasChecks).to.equal(false);
    expect(await settledAfterMs(ownership.willBeWanted("alice"), 0)).to.equal(true);
  });

  it("waits for a seat's owner as long as the engine goes on creating resources", async () => {
    const soon = ownership.hasOwner("bob");
    await clock.tickAsync(4000);
    ownership.own("carol");
    await clock.tickAsync(4000);
    ownership.own("bob");
    expect(await soon).to.equal(true);

    const never = ownership.hasOwner("dave");
    await clock.tickAsync(5000);
    expect(await never).to.equal(false);
    expect(clock.countTimers()).to.equal(0);
  });

  it("has no owner any more for a seat whose resource is being created anew", async () => {
    ownership.own("alice");
    ownership.disown("alice");
    const owner = ownership.hasOwner("alice");
    await clock.tickAsync(5000);
    expect(await owner).to.equal(false);
  });

  it("treats two keys that turned out to be one seat as one", async () => {
    ownership.declare("main/alice");
    expect(ownership.isWanted("alice")).to.equal(false);
    ownership.unite("alice", "main/alice");
    expect(ownership.isWanted("alice")).to.equal(true);
    ownership.own("main/alice");
    expect(await ownership.hasOwner("alice")).to.equal(true);
  });

  it("wants every seat of a program of which a failed refresh hides a part", async () => {
    await ownership.reading(() => Promise.reject(new Error("502"))).catch(() => {});
    expect(ownership.isWanted("alice"), "without a program").to.equal(false);
    ownership.checked();
    expect(ownership.isProgramIncomplete).to.equal(true);
    expect(await ownership.willBeWanted("alice")).to.equal(true);
  });

  it("does not see the rest of a program of which a resource has failed", async () => {
    ownership.checked();
    expect(ownership.isProgramInterrupted).to.equal(false);
    await ownership.changing("urn", () => Promise.reject(new Error("422"))).catch(() => {});
    expect(ownership.isProgramInterrupted).to.equal(true);
    expect(ownership.isWanted("alice")).to.equal(false);
  });

  it("has not seen the whole program while a read is in flight, which a check may follow", async () => {
    ownership.checked();
    let finish = () => {};
    const read = ownership.reading(
      () =>
        new Promise<void>((resolve) => {
          finish = resolve;
        }),
    );
    const wanted = ownership.willBeWanted("alice");
    expect(await settledAfterMs(wanted, 10_000)).to.equal(false);
    finish();
    await read;
    ownership.checked();
    ownership.declare("alice");
    await clock.tickAsync(500);
    expect(await wanted).to.equal(true);
  });

  it("knows no other owner of a seat than the resource that releases it, until a create has finished", async () => {
    ownership.own("alice", "urn-1");
    const other = ownership.hasOwner("alice", "urn-2");
    expect(await settledAfterMs(other, 0)).to.equal(true);
    const same = ownership.hasOwner("alice", "urn-1");
    expect(await settledAfterMs(same, 4000)).to.equal(false);
    ownership.own("alice");
    expect(await same).to.equal(true);
  });

  it("puts what it has seen of a program and what other processes have seen together", () => {
    ownership.learn({ hasChecks: true, hasFailedRead: false, hasFailedChange: false });
    expect(ownership.hasChecks, "in this process").to.equal(false);
    expect(ownership.isProgramInterrupted).to.equal(false);
    ownership.failed();
    expect(ownership.isProgramInterrupted).to.equal(true);
    ownership.learn({ hasChecks: false, hasFailedRead: true, hasFailedChange: false });
    expect(ownership.isProgramIncomplete).to.equal(true);
    expect(ownership.seenProgram).to.include({ hasChecks: false, hasFailedRead: false });
  });

  it("tells whether it has unassigned a seat once a removal that goes on is through, also a failed one", async () => {
    let fail = (_: Error) => {};
    const removal = ownership.removing("alice", () => new Promise((_, reject) => (fail = reject)));
    const unassigned = ownership.hasUnassigned("alice");
    expect(await settledAfterMs(unassigned, 1000)).to.equal(false);
    ownership.unassigning("alice");
    fail(new Error("502"));
    await removal.catch(() => {});
    expect(await unassigned).to.equal(true);
    expect(await ownership.hasUnassigned("bob")).to.equal(false);
  });

  it("remembers what the run has unassigned", () => {
    ownership.unassigning("alice");
    expect(["alice", "bob"].map((seat) => ownership.wasUnassigned(seat))).to.deep.equal([
      true,
      false,
    ]);
  });
});
