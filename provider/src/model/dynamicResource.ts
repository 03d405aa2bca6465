// What connects a resource to its provider in Pulumi's dynamic-provider process, and to its entries in a state.

/** The type of a resource in Pulumi's state. It never changes, because another type would be another resource. */
export const stateType = <Name extends string>(name: Name) =>
  `pulumi-nodejs:dynamic/datadog:${name}` as const;

/**
 * The text that Pulumi stores in the state of a resource, and evaluates there to get its provider.
 * It names the installed package instead of carrying code, so it is short, holds no secrets, and never changes.
 */
export const providerText = (name: string) =>
  `exports.handler=()=>require("pulumi-datadog-seats/dynamic").${name}`;
