// What is refused of every resource before it is registered, besides its arguments.
import * as pulumi from "@pulumi/pulumi";
import { checkSettings } from "../config/settings";
import { runError } from "./runError";

/** The runs whose settings were checked, by their stack resources. */
const checkedRuns = new WeakSet<pulumi.Resource>();

/**
 * Refuses the option `import`, and once a run an unknown setting of the stack.
 *
 * @param whose such as `the SeatRoster "on-call"`
 * @throws pulumi.RunError
 */
export function checkOptions(whose: string, opts: pulumi.CustomResourceOptions = {}): void {
  if (opts.import !== undefined) {
    throw runError(
      `The option \`import\` of ${whose} can't work: Pulumi's dynamic providers don't import (https://github.com/pulumi/pulumi/issues/3550). Leave it out and run \`pulumi up\`, which adopts a seat that is held already.`,
    );
  }
  const stack = pulumi.runtime.getStackResource();
  if (!stack || checkedRuns.has(stack)) return;
  checkedRuns.add(stack);
  // A project of that name has settings of its own there.
  if (pulumi.getProject() === "datadogSeats") return;
  try {
    checkSettings(Object.keys(pulumi.runtime.allConfig()));
  } catch (error) {
    throw runError((error as Error).message, error as Error);
  }
}
