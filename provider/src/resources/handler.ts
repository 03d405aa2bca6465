// What joins a resource to its handler in Pulumi's dynamic-provider process.

/**
 * The text that Pulumi stores in the state of a resource, and evaluates there to get its provider.
 * It names the installed package instead of carrying code: so it is short, holds no secrets, and never changes.
 */
export const handlerText = (name: string) =>
  `exports.handler=()=>require("pulumi-datadog-seats/host").${name}`;
