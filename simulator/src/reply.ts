// What the service replies to a request.

export interface Reply {
  readonly status: number;
  /** Absent with 204. */
  readonly body?: object;
}

/** A refusal in Datadog's words. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    detail: string,
  ) {
    super(detail);
  }
}
