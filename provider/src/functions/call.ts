// How a program calls a function of this package: its arguments are checked, the resources of `dependsOn` are awaited as
// Pulumi does for functions of plugins only, and Datadog is asked from the program's own process.
import * as pulumi from "@pulumi/pulumi";
import type { ClientOptions } from "../api/client";
import { sanitize } from "../api/sanitize";
import { type Connection, readConnection } from "../config/connection";
import { SeatsError } from "../model/errors";
import { nativeType } from "../model/resourceTypes";
import { type ArgumentNames, checkArguments, kindOf } from "../resources/arguments";
import { withOwnPromises } from "../resources/promises";
import { isMocked, runError } from "../resources/runtime";

/**
 * Refuses an argument whose value is wrong, such as an output.
 *
 * @param name of the function, which has one for outputs too
 * @param what begins the message, such as "The emails of getUserIds are"
 */
export function checkValue(
  name: string,
  what: string,
  value: unknown,
  problemOf: (value: unknown) => string | undefined,
): void {
  const problem = problemOf(value);
  if (problem === undefined) return;
  const advice = pulumi.Output.isInstance(value) ? `; ${name}Output takes outputs` : "";
  throw runError(`${what} ${sanitize(kindOf(value))}: ${problem}${advice}.`);
}

/**
 * Sends a function's requests to Datadog, with the configuration that the resources use; under mocks calls those instead.
 *
 * @param send is given `log` too, which writes a line on the stack's row
 * @throws pulumi.RunError in place of a SeatsError, which is then its cause
 */
export async function callDatadog<Result>(
  name: string,
  args: pulumi.Inputs,
  send: (
    connection: Connection,
    options: ClientOptions,
    log: (line: string) => void,
  ) => Promise<Result>,
): Promise<Result> {
  if (isMocked()) return pulumi.runtime.invoke(nativeType(name), args);
  // Otherwise Pulumi could end the program while a request is in flight.
  const done = pulumi.runtime.rpcKeepAlive();
  try {
    // A name without a namespace is the project's, as in the provider process.
    const config = (name: string) =>
      pulumi.runtime.getConfig(name.includes(":") ? name : `${pulumi.getProject()}:${name}`);
    const connection = readConnection(config, process.env);
    const log = (line: string) => void pulumi.log.info(line);
    return await send(connection, { onWait: log }, log);
  } catch (error) {
    throw error instanceof SeatsError ? runError(error.message, error) : error;
  } finally {
    done();
  }
}

/** Properties of a component that Pulumi's types don't show. */
/**
 * The output of a function whose arguments may not be known yet, after the resources of `dependsOn`.
 *
 * @param name of the function that returns it
 * @param call what it calls in the end
 * @param known the names of the arguments
 * @throws pulumi.RunError for an unknown argument
 */
export function callWhenKnown<Args extends object, Result>(
  name: string,
  call: (args: Args) => Promise<Result>,
  args: { readonly [Name in keyof Args]: unknown },
  known: ArgumentNames<Args>,
  { dependsOn }: Pick<pulumi.ResourceOptions, "dependsOn">,
): pulumi.Output<Result> {
  checkArguments(name, args, known);
  return pulumi
    .all([pulumi.output(withOwnPromises(args)), whenCreated(dependsOn)])
    .apply(([values]) => call(values as Args));
}

interface Component {
  /** Resolves when the component has been initialized; until then it may lack children. */
  readonly __data?: Promise<unknown>;
  readonly __childResources?: ReadonlySet<pulumi.Resource>;
}

/** Known once all these resources, and those within components, have been created; in a preview unknown until then. */
export function whenCreated(
  resources: pulumi.ResourceOptions["dependsOn"],
): pulumi.Output<string[]> {
  return pulumi
    .output(resources ?? [])
    .apply((known) => withChildren(new Set(), [known].flat() as pulumi.Resource[]))
    .apply((all) =>
      pulumi.all([...all].map((one) => (pulumi.CustomResource.isInstance(one) ? one.id : one.urn))),
    );
}

/** Adds the resources, and the children of components. Children of other resources are not awaited. */
async function withChildren(
  found: Set<pulumi.Resource>,
  resources: Iterable<pulumi.Resource>,
): Promise<Set<pulumi.Resource>> {
  for (const resource of resources) {
    if (found.has(resource)) continue;
    found.add(resource);
    if (!pulumi.ComponentResource.isInstance(resource)) continue;
    const component = resource as unknown as Component;
    await component.__data;
    await withChildren(found, component.__childResources ?? []);
  }
  return found;
}
