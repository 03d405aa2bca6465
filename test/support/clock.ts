import sinon from "sinon";

/**
 * Does `work` with a clock that jumps over every wait, while real requests go on.
 *
 * @param atOnce how many waits there must be before the first jump, for the answers that cause them come one by one
 * @returns how long the waits would have been, in milliseconds
 */
export async function skippingWaits(work: () => Promise<unknown>, atOnce = 1): Promise<number> {
  const clock = sinon.useFakeTimers({
    now: Date.now(),
    toFake: ["setTimeout", "clearTimeout", "Date"],
  });
  const began = clock.now;
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
    return clock.now - began;
  } finally {
    clock.restore();
  }
}
