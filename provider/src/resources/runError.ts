// An error of the user's program. Of a RunError Pulumi shows the message alone; of any other error it shows a stack and
// lines of the program too.
import * as pulumi from "@pulumi/pulumi";

/** @param cause what failed, for programs that catch the error */
export function runError(message: string, cause?: Error): pulumi.RunError {
  const error = new pulumi.RunError(message);
  if (cause) error.cause = cause;
  // Pulumi spends many seconds on rendering a stack that it then doesn't show.
  error.stack = "";
  return error;
}
