import { expect } from "chai";
import type sinon from "sinon";
import { EngineActivity } from "../../../provider/src/lifecycle/engineActivity";
import { stopClock } from "../../support/clock";

describe("EngineActivity", () => {
  let clock: sinon.SinonFakeTimers;
  let activity: EngineActivity;

  beforeEach(() => {
    clock = stopClock();
    activity = new EngineActivity();
    activity.called();
  });
  afterEach(() => {
    expect(clock.countTimers(), "timers that are left").to.equal(0);
    clock.restore();
  });

  /** Whether a wait has ended, some time later. */
  function follow(wait: Promise<unknown>) {
    let hasEnded = false;
    void wait.then(() => {
      hasEnded = true;
    });
    return async (ms: number) => {
      await clock.tickAsync(ms);
      return hasEnded;
    };
  }
  /** Both waits for what never holds: whether the program has been seen, and whether changes in flight have settled. */
  const waitForBoth = () => ({
    seen: follow(activity.programSeen(() => false)),
    settled: follow(activity.changesSettled(() => false, false)),
  });
  /** Work that goes on until the test ends it. */
  function work() {
    let end = (_?: Error) => {};
    const done = new Promise<void>((resolve, reject) => {
      end = (error) => (error ? reject(error) : resolve());
    });
    return { end, begin: () => done };
  }

  it("knows which of the resources that were checked have not started", async () => {
    expect(activity.isDrained).to.equal(true);
    activity.expect("changed", true);
    activity.expect("unchanged", true);
    activity.unchanged("unchanged");
    expect(activity.isPending("changed")).to.equal(true);
    expect(activity.isPending("unchanged")).to.equal(false);
    expect(activity.isDrained).to.equal(false);
    await activity.changing("changed", async () => {
      expect(activity.isDrained).to.equal(true);
    });
  });

  it("expects a create although a refresh has found another resource with that seat unchanged", () => {
    activity.expect("on_call/alice");
    activity.unchanged("on_call/alice");
    expect(activity.isDrained).to.equal(false);
  });

  it("waits for nothing once nothing is in flight and all that was checked has started: then the engine deletes", async () => {
    activity.expect("created");
    await activity.changing("created", async () => {});
    const { seen, settled } = waitForBoth();
    expect([await seen(0), await settled(0)]).to.deep.equal([true, true]);
  });

  it("waits for half a second after the engine's last call while a resource has not started", async () => {
    activity.expect("queued");
    await clock.tickAsync(100);
    const { seen, settled } = waitForBoth();
    expect(await seen(399)).to.equal(false);
    activity.called();
    expect([await seen(499), await settled(0)]).to.deep.equal([false, false]);
    expect([await seen(1), await settled(0)]).to.deep.equal([true, true]);
    // A wait that begins later is over at once.
    expect(await waitForBoth().settled(0)).to.equal(true);
  });

  it("waits no longer once it holds, or once all that was checked has started", async () => {
    activity.expect("queued");
    const { seen: drained } = waitForBoth();
    let holds = false;
    const seen = follow(activity.programSeen(() => holds));
    const settled = follow(activity.changesSettled(() => holds, false));
    expect([await seen(100), await settled(0)]).to.deep.equal([false, false]);
    holds = true;
    activity.called();
    expect([await seen(0), await settled(0), await drained(0)]).to.deep.equal([true, true, false]);
    activity.started("queued");
    expect(await drained(0)).to.equal(true);
  });

  it("waits as long as a read takes, which checks may follow", async () => {
    const read = work();
    const reading = activity.reading(read.begin);
    const { seen, settled } = waitForBoth();
    expect([await seen(60_000), await settled(0)]).to.deep.equal([false, false]);
    read.end();
    await reading;
    expect([await seen(0), await settled(0)]).to.deep.equal([true, true]);
  });

  it("waits for changes in flight to settle, which show no more of the program", async () => {
    const change = work();
    const changing = activity.changing("slow", change.begin);
    const { seen, settled } = waitForBoth();
    expect(await seen(500)).to.equal(true);
    expect(await settled(60_000)).to.equal(false);
    change.end();
    await changing;
    expect(await settled(0)).to.equal(true);
  });

  it("counts no read and no change that has failed", async () => {
    const fail = () => Promise.reject(new Error("502"));
    for (const doing of [() => activity.reading(fail), () => activity.changing("one", fail)]) {
      await doing().catch(() => {});
      expect(await waitForBoth().settled(0)).to.equal(true);
    }
  });

  it("has changes wait neither for each other nor all at once: each that ends makes room for a starved one", async () => {
    activity.expect("starved");
    const waits = ["one", "other"].map((urn) =>
      follow(activity.changing(urn, () => activity.changesSettled(() => false, true))),
    );
    const ended = async (ms: number) => {
      await clock.tickAsync(ms);
      const all = await Promise.all(waits.map((hasEnded) => hasEnded(0)));
      return all.filter(Boolean).length;
    };
    expect([await ended(499), await ended(1), await ended(499), await ended(1)]).to.deep.equal([
      0, 1, 1, 2,
    ]);
  });

  it("has no delete wait for a change that only waits", async () => {
    activity.expect("starved");
    const update = activity.changing("update", () => activity.changesSettled(() => false, true));
    expect(await waitForBoth().settled(1000)).to.equal(true);
    await update;
  });

  it("counts a change again once it waits no more", async () => {
    activity.expect("starved");
    const rest = work();
    const update = activity.changing("update", async () => {
      await activity.changesSettled(() => false, true);
      await rest.begin();
    });
    await clock.tickAsync(500);
    const { settled } = waitForBoth();
    expect(await settled(60_000)).to.equal(false);
    rest.end();
    await update;
    expect(await settled(500)).to.equal(true);
  });
});
