/** Never two writes for one user at the same time. */
export class WriteOrder {
  private readonly last = new Map<string, Promise<unknown>>();

  /** Does `write` after those for the same user. */
  write<T>(userId: string, write: () => Promise<T>): Promise<T> {
    const done = this.settled(userId).then(write);
    this.last.set(
      userId,
      done.catch(() => undefined),
    );
    return done;
  }

  /** Resolves when the user's writes so far have settled. */
  settled(userId: string): Promise<unknown> {
    return this.last.get(userId) ?? Promise.resolve();
  }

  /** As `settled`, for everybody. */
  allSettled(): Promise<unknown> {
    return Promise.all(this.last.values());
  }
}
