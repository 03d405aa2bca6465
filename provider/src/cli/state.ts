// A state as `pulumi stack export` writes it.
// Source: https://github.com/pulumi/pulumi/blob/master/sdk/go/common/apitype/core.go, `DeploymentV3` and `ResourceV3`
import { isObject } from "../model/values";

export interface Resource {
  readonly type: string;
  readonly urn: string;
  readonly id?: string;
  /** Looked up by `SeatAssignment.get`: something else owns it. */
  readonly external?: boolean;
  /** Deleted already, and in the state until its replacement is created. */
  readonly pendingReplacement?: boolean;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** The formats whose resources and URNs are those of today. */
const VERSIONS: readonly unknown[] = [3, 4];

/**
 * The resources of a state, with or without the `{version, deployment}` around it.
 *
 * @throws Error when it is no state, or one in an unknown format
 */
export function resourcesOf(text: string): Resource[] {
  const state = parseJson(text);
  const isWrapped = isObject(state) && isObject(state.deployment);
  const { version, deployment } = isWrapped ? state : { version: undefined, deployment: state };
  if (version !== undefined && !VERSIONS.includes(version)) {
    throw new Error(
      `its format has version ${JSON.stringify(version)}, and this release of pulumi-datadog-seats knows ${VERSIONS.join(" and ")}. Update the package.`,
    );
  }
  const { resources, manifest } = isObject(deployment) ? deployment : {};
  // The state of a new stack has no resources.
  const all = resources === undefined && isObject(manifest) ? [] : resources;
  if (!Array.isArray(all) || !all.every(isObject)) throw notAState("it holds no resources");
  for (const [index, { type, urn, id = "" }] of all.entries()) {
    for (const [name, value] of Object.entries({ type, urn, id })) {
      if (typeof value === "string") continue;
      throw notAState(`its resource ${index + 1} has no text as its \`${name}\``);
    }
  }
  return all as unknown as Resource[];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notAState("it is not JSON");
  }
}

const notAState = (reason: string) =>
  new Error(`${reason}. Expected what \`pulumi stack export\` writes.`);
