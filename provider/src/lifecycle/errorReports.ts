// A failure with one cause that affects many resources, such as refused keys, is reported in full once.
import { causeOf } from "../api/errors";
import { SeatsError } from "../model/errors";

export class ErrorReports {
  private readonly reported = new WeakSet<Error>();

  /** Does `work`, and rethrows its error in full, or as a summary where its cause has been reported before. */
  async reportOnce<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw this.summarized(error as Error);
    }
  }

  /** The error as it is for the first whom it affects, and its summary for the others. */
  summarized(error: Error): Error {
    if (!(error instanceof SeatsError)) return error;
    const cause = causeOf(error);
    if (this.reported.has(cause)) return new SeatsError(error.summary);
    this.reported.add(cause);
    return error;
  }
}
