// A state as `pulumi stack export` writes it.
// Source: https://github.com/pulumi/pulumi/blob/master/sdk/go/common/apitype/core.go, `DeploymentV3` and `ResourceV3`
import { SeatsError } from "../model/errors";
import { isObject } from "../model/object";

export interface Resource {
  readonly type: string;
  readonly urn: string;
  readonly id?: string;
  /** Looked up by `SeatAssignment.get`: something else owns it. */
  readonly external?: boolean;
  /** To be deleted by the next `up`. */
  readonly delete?: boolean;
  /** Deleted already, and in the state until its replacement is created. */
  readonly pendingReplacement?: boolean;
  /** The URN of the provider and, after another `::`, its id. */
  readonly provider?: string;
  readonly inputs?: Properties;
  readonly outputs?: Properties;
  readonly propertyDependencies?: Properties;
}

/** Those of the format whose resources and URNs are the ones of today. */
const VERSIONS: readonly unknown[] = [3, 4];

export type Properties = Readonly<Record<string, unknown>>;

export interface State {
  /** That of the format; absent where there is no `{version, deployment}` around the rest. */
  readonly version?: unknown;
  readonly resources: readonly Resource[];
  /** What an interrupted run has begun. */
  readonly pendingOperations: readonly unknown[];
}

/** What is wrong with the version of a state's format: completes "The format …". */
export function formatProblem(version: unknown): string | undefined {
  if (VERSIONS.includes(version)) return undefined;
  return `has version ${JSON.stringify(version)}, and this release of pulumi-datadog-seats knows ${VERSIONS.join(" and ")}. Update the package.`;
}

/**
 * Reads a state, with or without the `{version, deployment}` around it.
 *
 * @param source where the text comes from, for messages
 * @throws SeatsError when it is no state
 */
export function parseState(text: string, source: string): State {
  let state: unknown;
  try {
    state = JSON.parse(text);
  } catch {
    throw new SeatsError(`${source} is not a Pulumi state: it is not JSON.`);
  }
  const isWrapped = isObject(state) && isObject(state.deployment);
  const { version, deployment = state } = isWrapped ? (state as Properties) : {};
  const { resources, pending_operations: pending } = isObject(deployment) ? deployment : {};
  // The state of a new stack has no resources.
  const isNew = resources === undefined && isObject(deployment) && isObject(deployment.manifest);
  const all = isNew ? [] : resources;
  if (!Array.isArray(all) || !all.every(isObject)) {
    throw new SeatsError(
      `${source} is not a Pulumi state. Expected the JSON that \`pulumi stack export\` writes.`,
    );
  }
  for (const [index, resource] of all.entries()) checkResource(resource, index + 1, source);
  return {
    version,
    resources: all as unknown as Resource[],
    pendingOperations: Array.isArray(pending) ? pending : [],
  };
}

/** @param place counted from 1 */
function checkResource({ type, urn, id = "" }: Properties, place: number, source: string): void {
  for (const [name, text] of Object.entries({ type, urn, id })) {
    if (typeof text === "string") continue;
    throw new SeatsError(
      `${source} is not a Pulumi state: its resource ${place} has no text as its \`${name}\`.`,
    );
  }
}
