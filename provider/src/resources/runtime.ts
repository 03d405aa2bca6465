// What the resources need of Pulumi's runtime, and what they tell the provider process because the engine doesn't.
import { createRequire } from "node:module";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { formatUrn, parseUrn } from "../model/urn";

/** Whether `pulumi.runtime.setMocks` is in force: a unit test of a program. */
export function isMocked(): boolean {
  const monitor = pulumi.runtime.getMonitor() as { mocks?: pulumi.runtime.Mocks } | undefined;
  return monitor?.mocks !== undefined;
}

/** Whether a value is a resource of a type, of whichever copy of this package, or what a policy has in place of one. */
export const isOfType = (value: unknown, type: string) =>
  (value as { __pulumiType?: unknown } | null | undefined)?.__pulumiType === type;

/** Before the program changes it, if it does: the provider process has the same one. */
const folder = process.cwd();
let isFound = false;

/**
 * Refuses a program in whose folder the provider process won't find this package: where a library of a workspace uses it,
 * pnpm shows it to that library alone.
 *
 * @throws pulumi.RunError
 */
export function checkInstalled(): void {
  // Pulumi sets it for all but unit tests and inline programs of the Automation API, which have no such folder.
  if (isFound || process.env.PULUMI_NODEJS_MONITOR === undefined) return;
  try {
    createRequire(join(folder, "index.js")).resolve("pulumi-datadog-seats/dynamic");
    isFound = true;
  } catch (error) {
    throw runError(
      `Pulumi's provider process needs pulumi-datadog-seats in the program's folder, ${folder}, and it is not installed there: run \`npm install pulumi-datadog-seats\` in it, or \`pnpm add pulumi-datadog-seats\`.`,
      error as Error,
    );
  }
}

/**
 * An error of the user's program. Of a RunError Pulumi shows the message alone; of any other error it shows a stack and
 * lines of the program too.
 *
 * @param cause what failed, for programs that catch the error
 */
export function runError(message: string, cause?: Error): pulumi.RunError {
  const error = new pulumi.RunError(message);
  if (cause) error.cause = cause;
  // Pulumi spends many seconds on rendering a stack that it then doesn't show.
  error.stack = "";
  return error;
}

/** To be added to the inputs of a resource: its URN, and whether this run is a preview. Neither is an output. */
export function programHints(type: string, name: string, { parent }: pulumi.ResourceOptions = {}) {
  return {
    __urn: parent ? childUrn(parent, type, name) : urnOf([type], name),
    ...(pulumi.runtime.isDryRun() && { __preview: true }),
  };
}

/** A promise, because an output would make the resource depend on its parent, and on all that the parent holds. */
function childUrn(parent: pulumi.Resource, type: string, name: string): Promise<string> {
  return new Promise((resolve) => {
    parent.urn.apply((urn) => {
      const { types = [] } = parseUrn(urn) ?? {};
      const isStack = types.at(-1) === "pulumi:pulumi:Stack";
      resolve(urnOf(isStack ? [type] : [...types, type], name));
    });
  });
}

const urnOf = (types: readonly string[], name: string) =>
  formatUrn({ stack: pulumi.getStack(), project: pulumi.getProject(), types, name });
