// Rewrites a state: the seats of one entry point become those of the other, and all else stays as it is.
import { randomUUID } from "node:crypto";
import { providerText } from "../model/dynamicResource";
import { SeatsError } from "../model/errors";
import { formatUrn, parseUrn } from "../model/urn";
import {
  type EntryPoint,
  FORMS,
  isDefaultProvider,
  nameOfType,
  otherThan,
  type ResourceName,
  referenceTo,
  urnRenamer,
} from "./entryPoints";
import { migrationProblems } from "./migrationProblems";
import { type Properties, parseState, type Resource } from "./stateText";

export interface Migration {
  /** The new state. */
  readonly text: string;
  /** How many resources have been moved. */
  readonly moved: number;
}

/**
 * @param text a state as `pulumi stack export` writes it
 * @param source where it comes from, for messages
 * @param to whose resources the seats become
 * @throws SeatsError when it is no state, or holds what the other entry point can't have, with every reason
 */
export function migrate(text: string, source: string, to: EntryPoint): Migration {
  const [from, target] = [FORMS[otherThan(to)], FORMS[to]];
  const state = parseState(text, source);
  const names = state.resources.map(({ type }) => nameOfType(type, from));
  const first = names.findIndex((name) => name !== undefined);
  if (first < 0) return { text, moved: 0 };
  const problems = migrationProblems(state, to);
  if (problems.length > 0) {
    throw new SeatsError(
      `Could not move the seats of ${source} to ${target.name}:${problems.map((problem) => `\n- ${problem}`).join("")}`,
    );
  }

  const rename = urnRenamer(state.resources[first]?.urn ?? "", from, target);
  // Every text that is the URN of a seat: of the resource itself, of a parent or dependency, in an output of the program.
  // No number changes: Pulumi's are doubles too.
  const renamed = JSON.parse(text, (_, value) =>
    typeof value === "string" ? rename(value) : value,
  ) as { deployment: { resources: Resource[] } };
  const { deployment } = renamed;
  const provider = providerFor(deployment.resources, first, to);
  const moved = deployment.resources.map((resource, index) => {
    const name = names[index];
    return name === undefined ? resource : rewritten(resource, name, to, provider);
  });
  deployment.resources = withProvider(moved, provider, first);
  if (to === "dynamic") deployment.resources = withoutUnusedPlugins(deployment.resources);
  return {
    // As Pulumi indents it.
    text: `${JSON.stringify(renamed, undefined, 4)}\n`,
    moved: names.filter(Boolean).length,
  };
}

/** The default provider of the state, or a new one, which the next `up` configures. */
function providerFor(resources: readonly Resource[], seat: number, to: EntryPoint): Resource {
  const form = FORMS[to];
  const known = resources.find((resource) => isDefaultProvider(resource, form) && !resource.delete);
  if (known) return known;
  const { stack = "", project = "" } = parseUrn(resources[seat]?.urn ?? "") ?? {};
  const { providerType: type } = form;
  const urn = formatUrn({ stack, project, types: [type], name: "default" });
  return { urn, custom: true, id: randomUUID(), type } as Resource;
}

/** A provider has to stand before the first resource that refers to it. */
function withProvider(resources: Resource[], provider: Resource, first: number): Resource[] {
  const at = resources.indexOf(provider);
  if (at >= 0 && at < first) return resources;
  const others = resources.filter((resource) => resource !== provider);
  return [...others.slice(0, first), provider, ...others.slice(first)];
}

/** The plugin may not be there any more. (Pulumi's own, for dynamic providers, stays until the next `up` removes it.) */
function withoutUnusedPlugins(resources: Resource[]): Resource[] {
  const used = new Set(resources.map(({ provider }) => provider));
  return resources.filter(
    (resource) => !isDefaultProvider(resource, FORMS.native) || used.has(referenceTo(resource)),
  );
}

function rewritten(
  resource: Resource,
  name: ResourceName,
  to: EntryPoint,
  provider: Resource,
): Resource {
  const hints = hintsOf(name, resource.urn);
  const move = (properties: Properties = {}, added = hints): Properties =>
    to === "dynamic" ? { ...added, ...properties } : without(properties, added);
  const dependencies = resource.propertyDependencies;
  return {
    ...resource,
    type: FORMS[to].typeOf(name),
    inputs: move(resource.inputs),
    outputs: move(resource.outputs),
    provider: referenceTo(provider),
    ...(dependencies && {
      propertyDependencies: move(dependencies, { __provider: [], __urn: [] }),
    }),
  };
}

/** What the dynamic provider has among the inputs and outputs of a resource, because the engine doesn't tell it. */
const hintsOf = (name: ResourceName, urn: string): Properties => ({
  __provider: providerText(name),
  ...(name === "SeatRoster" && { __urn: urn }),
});

const without = (properties: Properties, names: Properties): Properties =>
  Object.fromEntries(Object.entries(properties).filter(([name]) => !Object.hasOwn(names, name)));
