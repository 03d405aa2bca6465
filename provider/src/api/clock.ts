// The time, as the client measures its waits.

/**
 * One moment by both clocks, in milliseconds. Waits are measured by the monotonic clock, because the wall clock may be
 * set forward or back meanwhile; the wall clock only turns a header that holds a time into a duration.
 */
export interface Moment {
  readonly monotonic: number;
  readonly wall: number;
}

export const now = (): Moment => ({ monotonic: performance.now(), wall: Date.now() });
