// What the program tells the provider process beside a resource's inputs, because the engine tells it neither.
import * as pulumi from "@pulumi/pulumi";
import { formatUrn, parseUrn } from "../model/urn";

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
