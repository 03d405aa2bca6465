// Checks arguments in the program itself: the compiler checks neither JavaScript nor what comes from a file. What may be an
// output is left to the resource's check, which sees it once it is known.
import * as pulumi from "@pulumi/pulumi";
import { checkSettings } from "../config/settings";
import { unknownArguments } from "../model/suggest";
import { checkInstalled, runError } from "./runtime";

/** Names every argument, so that the compiler reports a missing one. */
export type ArgumentNames<Args> = Readonly<Record<keyof Args, true>>;

/**
 * Refuses arguments that aren't an object, and an unknown argument.
 *
 * @param whose such as `the TeamSeats "sre"`
 * @throws pulumi.RunError
 */
export function checkArguments<Args extends object>(
  whose: string,
  args: Args | undefined,
  known: ArgumentNames<Args>,
): asserts args is Args {
  const names = Object.keys(known);
  if (!isRecord(args)) {
    throw runError(
      `The arguments of ${whose} are ${kindOf(args)}: expected an object with ${names.join(", ")}.`,
    );
  }
  const [problem] = unknownArguments(whose, Object.keys(args), names);
  if (problem) throw runError(problem);
}

/**
 * Refuses members that aren't an object of users by label.
 *
 * @throws pulumi.RunError
 */
export function checkMembers(whose: string, members: unknown, advice = ""): void {
  if (isRecord(members)) return;
  throw runError(
    `The members of ${whose} are ${kindOf(members)}: expected an object with the UUIDs of Datadog users by label, such as { alice: "3fa85f64-5717-4562-b3fc-2c963f66afa6" }.${advice}`,
  );
}

/** The stack resources of the runs whose settings were checked. */
const checkedRuns = new WeakSet<pulumi.Resource>();

/**
 * Refuses the option `import`, a folder without this package, and, once in a run, an unknown setting of the stack.
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
  checkInstalled();
  const stack = pulumi.runtime.getStackResource();
  if (!stack || checkedRuns.has(stack)) return;
  checkedRuns.add(stack);
  // A project of that name has settings of its own there.
  if (pulumi.getProject() === "datadogSeats") return;
  try {
    checkSettings(pulumi.runtime.allConfig());
  } catch (error) {
    throw runError((error as Error).message, error as Error);
  }
}

/** An object as a literal makes it: a Map would count as an empty one. */
function isRecord(value: unknown): value is Record<string, unknown> {
  return (
    Object.prototype.toString.call(value) === "[object Object]" && !pulumi.Output.isInstance(value)
  );
}

/** A value for a message: an object by its kind only. */
export function kindOf(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object" || value === null) return String(value);
  const kind = pulumi.Output.isInstance(value) ? "Output" : (value.constructor?.name ?? "Object");
  return `${/^[AEIOU]/.test(kind) ? "an" : "a"} ${kind}`;
}
