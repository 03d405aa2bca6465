// An error of the user's program. Pulumi shows its message alone: of others it shows a stack, and the program's text.
import * as pulumi from "@pulumi/pulumi";

export function runError(message: string): pulumi.RunError {
  const error = new pulumi.RunError(message);
  // Pulumi spends many seconds on rendering a stack that it then doesn't show.
  error.stack = "";
  return error;
}
