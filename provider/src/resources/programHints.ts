// What the program tells the provider process beside a resource's inputs, because the engine tells it neither.
import * as pulumi from "@pulumi/pulumi";
import { prefixOfUrn } from "../model/urn";

/** To be added to the inputs of a resource: its URN, and whether this run is a preview. Neither is an output. */
export function programHints(type: string, name: string, { parent }: pulumi.ResourceOptions = {}) {
  return {
    __urn: parent ? childUrn(parent, type, name) : `${urnPrefix()}${type}::${name}`,
    ...(pulumi.runtime.isDryRun() && { __preview: true }),
  };
}

/**
 * A promise, because an output would make the resource depend on its parent, and on all that the parent holds. It is of
 * the form `urn:pulumi:<stack>::<project>::<type of the parent>$<type>::<name>`.
 */
function childUrn(parent: pulumi.Resource, type: string, name: string): Promise<string> {
  return new Promise((resolve) => {
    parent.urn.apply((urn) => {
      const prefix = prefixOfUrn(urn);
      const isStack = prefix.endsWith("::pulumi:pulumi:Stack");
      resolve(`${isStack ? urnPrefix() : `${prefix}$`}${type}::${name}`);
    });
  });
}

const urnPrefix = () => `urn:pulumi:${pulumi.getStack()}::${pulumi.getProject()}::`;
