import * as pulumi from "@pulumi/pulumi";

/** Fails the program with an error on the stack's row. Goes on, because there may be more to say. */
export function fail(message: string): void {
  const error = new pulumi.RunError(message);
  // Pulumi spends many seconds on rendering a stack that it then doesn't show.
  error.stack = "";
  // Pulumi shows what nobody handles, and ends the program with a failure.
  void Promise.reject(error);
}
