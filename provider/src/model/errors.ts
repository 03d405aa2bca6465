// Errors that reach the user. Pulumi shows `message`, and of some errors `stack`: so messages are complete sentences,
// and stacks are empty.

/** What the user can fix or must know; `summary` is its short form, for when the same cause occurs again. */
export class SeatsError extends Error {
  constructor(
    message: string,
    readonly summary: string = message,
  ) {
    super(message);
    this.name = new.target.name;
    // Not writable: whoever passes an error on may add a stack where there is none, as axios does.
    Object.defineProperty(this, "stack", { value: "", writable: false });
  }
}

/** Configuration that can't work: no keys, an unknown site, plain http to another host. */
export class ConfigurationError extends SeatsError {
  constructor(message: string) {
    super(message, "The configuration can't work: an earlier error of this run says why.");
  }
}
