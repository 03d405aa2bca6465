// The time, as waits are measured by it, and for how long what was learned is believed.

/**
 * One moment by both clocks, in milliseconds. Waits are measured by the monotonic clock, because the wall clock may be
 * set forward or back meanwhile; the wall clock only turns a header that holds a time into a duration.
 */
export interface Moment {
  readonly monotonic: number;
  readonly wall: number;
}

export const now = (): Moment => ({ monotonic: performance.now(), wall: Date.now() });

/** For so long it is believed who holds a seat and that the keys are refused: others change both meanwhile. */
export const MAX_AGE_MS = 5 * 60_000;

/** Whether what was learned at a moment of the monotonic clock is no longer believed. */
export const isOld = (at: number) => now().monotonic - at > MAX_AGE_MS;
