// What the engine is doing, by counting its calls, so that nobody waits for longer than something can still happen.

/** So long after its last call the engine counts as waiting for this process: it registers resources within milliseconds. */
const QUIET_MS = 500;

/**
 * A resource is known by its URN. A SeatAssignment is known by the id of its seat instead, because a dynamic provider is
 * not told the URN of what it creates.
 */
export class EngineActivity {
  private lastCall = 0;
  private reads = 0;
  /** Creates and updates in flight, except those that only wait for others. */
  private changes = 0;
  /** Resources that were checked, and whose create or update has not started; and whether a diff may find them unchanged. */
  private readonly pending = new Map<string, boolean>();
  private wake = () => {};
  private change = this.nextChange();

  /** To be called with every call of the engine, and after whatever somebody may be waiting for. */
  called(): void {
    this.lastCall = performance.now();
    this.wake();
  }

  /** A check has shown the resource: a create or an update follows, unless it is in the state and its diff finds no change. */
  expect(resource: string, isInState = false): void {
    this.pending.set(resource, isInState);
  }

  /** A diff has found no change. One that a refresh asks for may be about another resource that has the seat so far. */
  unchanged(resource: string): void {
    if (this.pending.get(resource)) this.pending.delete(resource);
    this.called();
  }

  /** The resource is being created or updated. */
  started(resource: string): void {
    this.pending.delete(resource);
    this.called();
  }

  isPending(resource: string): boolean {
    return this.pending.has(resource);
  }

  /** Whether every resource that was checked has started. */
  get isDrained(): boolean {
    return this.pending.size === 0;
  }

  /** Does what a read, or a function that the program calls, does. */
  async reading<T>(read: () => Promise<T>): Promise<T> {
    this.reads += 1;
    return read().finally(() => {
      this.reads -= 1;
      this.called();
    });
  }

  /** Does what a create or an update does. */
  async changing<T>(resource: string, change: () => Promise<T>): Promise<T> {
    this.started(resource);
    this.changes += 1;
    return change().finally(() => {
      this.changes -= 1;
      this.called();
    });
  }

  /** Resolves when it holds, or when the engine has shown the whole program: as far as can be told, once it is quiet. */
  programSeen(holds: () => boolean): Promise<void> {
    return this.until(holds, () => this.reads > 0);
  }

  /**
   * Resolves when it holds, or when no create or update will make it hold.
   *
   * @param isChange whether it is a create or an update that waits: others that wait too don't wait for it
   */
  async changesSettled(holds: () => boolean, isChange: boolean): Promise<void> {
    if (isChange) this.changes -= 1;
    this.wake();
    await this.until(holds, () => this.reads + this.changes > 0);
    if (isChange) this.changes += 1;
  }

  private async until(holds: () => boolean, isBusy: () => boolean): Promise<void> {
    while (!holds()) {
      // Whoever waits in a create or an update counts itself. So this is a delete at the end of the run, when all else is done:
      // nothing is left to wait for.
      if (this.reads + this.changes === 0 && this.isDrained) return;
      const restMs = isBusy()
        ? Number.POSITIVE_INFINITY
        : this.lastCall + QUIET_MS - performance.now();
      if (restMs <= 0) return;
      await this.changeWithin(restMs);
    }
  }

  private async changeWithin(ms: number): Promise<void> {
    if (!Number.isFinite(ms)) return this.change;
    let timeout: NodeJS.Timeout | undefined;
    const elapsed = new Promise<void>((resolve) => {
      timeout = setTimeout(resolve, Math.ceil(ms));
    });
    await Promise.race([this.change, elapsed]);
    clearTimeout(timeout);
  }

  private nextChange(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = () => {
        this.change = this.nextChange();
        resolve();
      };
    });
  }
}

/** Whether something has come to hold of all, each asked until it does: thousands are asked again with every call. */
export function allOf<T>(all: readonly T[], holds: (one: T) => boolean): () => boolean {
  let held = 0;
  return () => {
    while (held < all.length && holds(all[held] as T)) held += 1;
    return held === all.length;
  };
}
