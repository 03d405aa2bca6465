// Waits for resources as Pulumi's own functions do with `dependsOn`, which Pulumi offers to functions of plugins only.
import * as pulumi from "@pulumi/pulumi";

/** Properties of a component that Pulumi's types don't show. */
interface Component {
  /** Resolves when the component has been initialized; until then it may lack children. */
  readonly __data?: Promise<unknown>;
  readonly __childResources?: ReadonlySet<pulumi.Resource>;
}

/** Known once all these resources and those within components have been created; unknown in a preview until then. */
export function created(resources: pulumi.ResourceOptions["dependsOn"]): pulumi.Output<string[]> {
  return pulumi
    .output(resources ?? [])
    .apply((known) => withChildren(new Set(), [known].flat() as pulumi.Resource[]))
    .apply((all) =>
      pulumi.all([...all].map((one) => (pulumi.CustomResource.isInstance(one) ? one.id : one.urn))),
    );
}

/** Adds the resources, and the children of components. Children of other resources are not waited for. */
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
