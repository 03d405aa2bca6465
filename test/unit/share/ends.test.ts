// A stack that ends while the share works for it, and a share that ends while stacks need it.
import { once } from "node:events";
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect } from "chai";
import type { SinonFakeTimers } from "sinon";
import { onMessage, sendMessage } from "../../../provider/src/share/protocol";
import { failure } from "../../support/apiHarness";
import { expectClear } from "../../support/clearError";
import { stopClock } from "../../support/clock";
import { user } from "../../support/ids";
import { failures, shareHarness } from "../../support/shareHarness";

describe("SeatsShare", () => {
  const ctx = shareHarness();
  let clock: SinonFakeTimers;
  beforeEach(() => {
    clock = stopClock();
  });
  afterEach(() => clock.restore());

  const holders = () => ctx.simulator.org.holders("on_call");

  /** Resolves with the next POST. */
  const posted = () =>
    new Promise<void>((resolve) => {
      ctx.simulator.onRequest = ({ method }) => method === "POST" && resolve();
    });

  /** Until the share waits for something, such as the rate limit; its own keep-alive counts for nothing. */
  async function untilWaiting(): Promise<void> {
    while (clock.countTimers() === 0) await nextTurn();
  }

  /** A stack that is about to die has asked for a seat, and waits a minute for the rate limit. */
  async function limitedStack(userId: string) {
    const headers = { "x-ratelimit-reset": "60" };
    ctx.simulator.faults.add({ method: "POST", status: 429, headers });
    const stack = ctx.connect();
    const first = posted();
    sendMessage(stack, { id: 1, method: "assign", productCode: "on_call", userId });
    await untilWaiting();
    await clock.tickAsync(200);
    await first;
    await untilWaiting();
    return {
      async die() {
        stack.end();
        await once(stack, "close");
        for (let turn = 0; turn < 10; turn += 1) await nextTurn();
      },
    };
  }

  /** Lets a minute and what follows it pass. */
  async function passing<T>(work: Promise<T>): Promise<T> {
    let ended = false;
    const end = () => {
      ended = true;
    };
    work.then(end, end);
    while (!ended) {
      if (clock.countTimers() > 0) await clock.nextAsync();
      await nextTurn();
    }
    return work;
  }

  it("sends nothing any more that only a stack asked for which has ended", async () => {
    const stack = await limitedStack(user(1));
    await stack.die();
    expect(await passing(ctx.stack().assign(user(2)))).to.equal("done");
    expect(holders()).to.deep.equal([user(2)]);
    expect(ctx.sent("POST")).to.deep.equal([[user(1)], [user(2)]]);
  });

  it("sends what another stack asked for too", async () => {
    await ctx.stack().find(user(9));
    const stack = await limitedStack(user(1));
    const other = ctx.stack();
    const written = other.assign(user(1));
    await nextTurn();
    // A connection is read in order: when this has its response, the write has arrived.
    await other.find(user(9));
    await stack.die();
    expect(await passing(written)).to.equal("done");
    expect(holders()).to.deep.equal([user(1)]);
  });

  it("knows the effect of what was in flight when its stack ended", async () => {
    const stack = ctx.connect();
    ctx.simulator.onRequest = ({ method }) => method === "POST" && stack.destroy();
    sendMessage(stack, { id: 1, method: "assign", productCode: "on_call", userId: user(1) });
    await untilWaiting();
    expect(await passing(ctx.stack().find(user(1)))).to.have.property("userId", user(1));
    expect(stack.destroyed).to.equal(true);
    expect(holders()).to.deep.equal([user(1)]);
  });

  it("fails, when it ends, each stack that waits, clearly and as unclear, and every later one", async () => {
    ctx.simulator.faults.add({ method: "POST", instead: "hang" });
    const seats = ctx.stack();
    const first = posted();
    const ends = failures([seats.assign(user(1)), seats.assign(user(2))]);
    await untilWaiting();
    await clock.tickAsync(200);
    await first;
    await ctx.share.stop();
    expect(await ends).to.have.lengthOf(2);
    for (const error of await ends) {
      expect(error.outcome).to.equal("unclear");
      expect(error.message).to.match(
        /^Could not assign a seat of on_call to user \S+: the share of this run is gone \(127.0.0.1:\d+\): it .*\. Whether it took effect is not known: the next `pulumi up` finds out\. .*unset DATADOG_SEATS_SHARE\.$/,
      );
      expectClear(error, ctx.simulator.keys);
    }

    const later = await failure(seats.find(user(1)));
    expect(later.message).to.match(/^Could not list the seats of on_call: .*ECONNREFUSED/);
    expect(later.message).to.not.include("took effect");
    expectClear(later, ctx.simulator.keys);
  });

  it("sends no write any more once it has ended", async () => {
    await limitedStack(user(1));
    await ctx.share.stop();
    await clock.tickAsync(61_000);
    for (let turn = 0; turn < 10; turn += 1) await nextTurn();
    expect(ctx.sent("POST")).to.deep.equal([[user(1)]]);
    expect(holders()).to.deep.equal([]);
  });

  it("hands each stack its own response, whatever the order in which they are ready", async () => {
    const stack = ctx.connect();
    const received: number[] = [];
    const all = new Promise<void>((resolve) =>
      onMessage<{ id: number }>(stack, ({ id }) => {
        received.push(id);
        if (received.length === 2) resolve();
      }),
    );
    sendMessage(stack, { id: 1, method: "assign", productCode: "on_call", userId: user(1) });
    sendMessage(stack, { id: 2, method: "find", productCode: "on_call", userId: user(2) });
    while (received.length === 0) await nextTurn();
    await passing(all);
    expect(received).to.deep.equal([2, 1]);
    stack.destroy();
  });
});
