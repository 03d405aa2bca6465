// What Pulumi calls the resources of both entry points. No type ever changes, because another type would be another
// resource.

/** The type of a dynamic resource. */
export const stateType = <Name extends string>(name: Name) =>
  `pulumi-nodejs:dynamic/datadog:${name}` as const;

/** The type of a resource of the native plugin, or the token of a function. */
export const nativeType = <Name extends string>(name: Name) =>
  `datadog-seats:index:${name}` as const;

/**
 * The text that Pulumi stores in the state of a dynamic resource, and evaluates there to get its provider.
 * It names the installed package instead of carrying code, so it is short, holds no secrets, and never changes.
 * Where the package is missing, in a `destroy` for example, nothing but this text can say so.
 */
export const providerText = (name: string) =>
  `exports.handler=()=>{try{return require("pulumi-datadog-seats/dynamic").${name}}catch(e){e.stack="";e.message=e.message.split("\\n")[0]+": run npm install pulumi-datadog-seats";throw e}}`;
