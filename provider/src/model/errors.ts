// Errors that reach the user. Pulumi shows `message`, and of some errors `stack`: so messages are complete sentences,
// and stacks are empty.

/** What the user can fix or must know. */
export class SeatsError extends Error {
  /** @internal */
  constructor(
    message: string,
    /** The message's short form, for when the same cause occurs again in a run. */
    readonly summary: string = message,
  ) {
    super(message);
    this.name = new.target.name;
    // Not writable, because whoever passes an error on may add a stack where there is none, as axios does.
    Object.defineProperty(this, "stack", { value: "", writable: false });
  }
}

/** Configuration that can't work: keys that are missing or malformed, an unknown site, plain http to another host. */
export class ConfigurationError extends SeatsError {
  /** @internal */
  constructor(message: string) {
    super(message, "The configuration can't work: another error of this run says why.");
  }
}
