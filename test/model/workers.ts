// How Pulumi's engine shares its work out (pkg/v3 v3.248.0, resource/deploy/step_executor.go, deployment_executor.go).

/** So much work at a time. */
export class Workers {
  private busy = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly size: number) {}

  /** Resolves when the work has begun; `done` is its end. */
  async begin<T>(work: () => Promise<T>): Promise<{ done: Promise<T> }> {
    if (this.busy < this.size) this.busy += 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    return { done: work().finally(() => this.free()) };
  }

  private free(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.busy -= 1;
  }
}

/** Does one piece of work after the other, in the order in which they were asked for. */
export function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => {});
    return result;
  };
}
