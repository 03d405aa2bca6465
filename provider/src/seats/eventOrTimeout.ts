import type { EventEmitter } from "node:events";

/** Resolves when the event comes, or after so many milliseconds. */
export function eventOrTimeout(events: EventEmitter, event: string, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timeout);
      events.off(event, done);
      resolve();
    };
    const timeout = setTimeout(done, ms);
    events.once(event, done);
  });
}
