// Checks what a program passes, where it passes it: the compiler sees neither JavaScript nor what comes from a file. What
// may be an output is left for the resource's check, which sees it once it is known.
import * as pulumi from "@pulumi/pulumi";
import { unknownArguments } from "../model/suggest";
import { runError } from "./runError";

/** Names every argument, so that the compiler reports a missing one. */
export type ArgumentNames<Args> = Readonly<Record<keyof Args, true>>;

/**
 * Refuses arguments that are not an object, and an unknown one.
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
 * Refuses members that are no object of users by label.
 *
 * @throws pulumi.RunError
 */
export function checkMembers(whose: string, members: unknown, advice = ""): void {
  if (isRecord(members)) return;
  throw runError(
    `The members of ${whose} are ${kindOf(members)}: expected an object with the UUIDs of Datadog users by label, such as { alice: "3fa85f64-5717-4562-b3fc-2c963f66afa6" }.${advice}`,
  );
}

/** An object as a literal makes it. A Map would pass for an empty one. */
function isRecord(value: unknown): value is Record<string, unknown> {
  return (
    Object.prototype.toString.call(value) === "[object Object]" && !pulumi.Output.isInstance(value)
  );
}

/** A value in words, for a message: what it is, or what kind of object. */
export function kindOf(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object" || value === null) return String(value);
  const kind = pulumi.Output.isInstance(value) ? "Output" : (value.constructor?.name ?? "Object");
  return `${/^[AEIOU]/.test(kind) ? "an" : "a"} ${kind}`;
}
