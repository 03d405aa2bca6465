// A clock that jumps over every wait, for runs in which nothing but waits takes time.
import sinon from "sinon";

export class FakeTime {
  private readonly sandbox = sinon.createSandbox();
  private readonly clock = this.sandbox.useFakeTimers({
    toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date", "performance"],
  });

  /** Does `work`; tells whether that ended, or waits for what can't come any more. Other waits are given up. */
  async run(work: () => Promise<void>): Promise<"ended" | "stuck"> {
    let ended = false;
    const result = work().finally(() => {
      ended = true;
    });
    result.catch(() => {}); // Awaited below.
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (ended || this.clock.countTimers() === 0) break;
      this.clock.next();
    }
    this.clock.reset();
    if (!ended) return "stuck";
    await result;
    return "ended";
  }

  end(): void {
    this.sandbox.restore();
  }
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
