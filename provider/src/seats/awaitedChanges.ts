// Which resources the engine has checked without creating or updating them yet. With `--continue-on-error` it checks those
// that depend on one that has failed, hides from the check what comes of that one, and then skips them: so what a resource
// declares that never gets its create or update is not known.
import { EventEmitter } from "node:events";
import { eventOrTimeout } from "./eventOrTimeout";

/** How long to wait for the creates and updates that are left, counted from the last call of the engine. */
const MAX_WAIT_MS = 5000;

export class AwaitedChanges {
  /** One key for one resource. */
  private readonly resources = new Set<string>();
  private readonly events = new EventEmitter().setMaxListeners(0);

  /** @param lastCall when the engine last called, by `performance.now()` */
  constructor(private readonly lastCall: () => number) {}

  /** A check has shown the resource: a create or an update follows, unless its diff finds no change. */
  await(resource: string): void {
    this.resources.add(resource);
  }

  /** The resource is being created or updated, or was found unchanged. */
  came(resource: string): void {
    this.resources.delete(resource);
    if (this.resources.size === 0) this.events.emit("all");
  }

  /**
   * Whether nothing is awaited any more, now or while the engine goes on.
   *
   * @param releasing the resource that asks: when its own change is awaited, it is deleted before it is replaced, and the
   * engine may well have the others' changes still to do
   */
  async allCame(releasing: string | undefined): Promise<boolean> {
    const began = performance.now();
    while (this.resources.size > 0 && !this.resources.has(releasing ?? "")) {
      const restMs = Math.max(began, this.lastCall()) + MAX_WAIT_MS - performance.now();
      if (restMs <= 0) return false;
      await eventOrTimeout(this.events, "all", restMs);
    }
    return true;
  }
}
