import sinon from "sinon";

/**
 * Stops timers, the wall clock and the monotonic clock until a test moves them, while real requests go on. The monotonic
 * clock goes on from where it was, because what was made before the stop may remember its times.
 */
export function stopClock(): sinon.SinonFakeTimers {
  const began = Math.ceil(performance.now());
  const clock = sinon.useFakeTimers({
    now: Date.now(),
    toFake: ["setTimeout", "clearTimeout", "Date", "performance"],
  });
  const sinceStop = performance.now.bind(performance);
  const monotonic = sinon.stub(performance, "now").callsFake(() => began + sinceStop());
  const restore = clock.restore.bind(clock);
  clock.restore = () => {
    monotonic.restore();
    restore();
  };
  return clock;
}

/**
 * Does `work` with a clock that jumps over every wait, while real requests go on.
 *
 * @param atOnce how many waits there must be before the first jump, because the responses that cause them come one by one
 * @returns how long the waits would have been, in milliseconds
 */
export async function skippingWaits(work: () => Promise<unknown>, atOnce = 1): Promise<number> {
  const clock = stopClock();
  const began = performance.now();
  let ended = false;
  let begun = false;
  try {
    const result = work().finally(() => {
      ended = true;
    });
    result.catch(() => {}); // Awaited below; until then nobody listens.
    while (!ended) {
      begun ||= clock.countTimers() >= atOnce;
      if (begun && clock.countTimers() > 0) await clock.nextAsync();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await result;
    return performance.now() - began;
  } finally {
    clock.restore();
  }
}
