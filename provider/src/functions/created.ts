// Waits for resources as Pulumi's own functions do with `dependsOn`. Pulumi keeps that to functions of plugins.
import * as pulumi from "@pulumi/pulumi";

/** What Pulumi keeps of a component, beneath its types. */
interface Component {
  /** Ends when the component has been set up, which may take a while. Before, it may lack children. */
  readonly __data?: Promise<unknown>;
  readonly __childResources?: ReadonlySet<pulumi.Resource>;
}

/** Known once all these resources have been created, those in components included: unknown in a preview till then. */
export function created(resources: pulumi.ResourceOptions["dependsOn"]): pulumi.Output<string[]> {
  return pulumi
    .output(resources ?? [])
    .apply((known) => withChildren(new Set(), [known].flat() as pulumi.Resource[]))
    .apply((all) =>
      pulumi.all([...all].map((one) => (pulumi.CustomResource.isInstance(one) ? one.id : one.urn))),
    );
}

/** Adds the resources, and what components hold. What hangs from a resource that is none is not waited for. */
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
