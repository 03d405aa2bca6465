// States as `pulumi stack export` writes them, as far as the command line reads and rewrites them.

export type Resource = Record<string, unknown> & { readonly urn: string; readonly type: string };

/** Of the stack `test` of the project `e2e`. */
export const urnOf = (type: string, name: string) => `urn:pulumi:test::e2e::${type}::${name}`;

const resource = (type: string, name: string, more: object = {}): Resource => ({
  urn: urnOf(type, name),
  custom: true,
  type,
  ...more,
});

export const stack = resource("pulumi:pulumi:Stack", "e2e-test", { custom: false });

export const DYNAMIC = "pulumi-nodejs:dynamic/datadog:";
export const NATIVE = "datadog-seats:index:";

export const dynamicProvider = (name = "default", more: object = {}) =>
  resource("pulumi:providers:pulumi-nodejs", name, { id: `id-of-${name}`, ...more });
export const nativeProvider = (name = "default", more: object = {}) =>
  resource("pulumi:providers:datadog-seats", name, { id: `id-of-${name}`, ...more });

export const referenceTo = ({ urn, id }: Resource) => `${urn}::${id}`;

const TEXT = 'exports.handler=()=>require("pulumi-datadog-seats/dynamic").';

/** A SeatAssignment of the dynamic provider. */
export function dynamicSeat(name: string, userId: string, more: object = {}): Resource {
  const provider = { __provider: `${TEXT}SeatAssignment` };
  const inputs = { productCode: "on_call", userId };
  return resource(`${DYNAMIC}SeatAssignment`, name, {
    id: `on_call/${userId}`,
    inputs: { ...provider, ...inputs },
    outputs: { ...provider, adopted: false, ...inputs },
    parent: stack.urn,
    provider: referenceTo(dynamicProvider()),
    propertyDependencies: { __provider: [], __urn: [], productCode: [], userId: [] },
    ...more,
  });
}

/** The same one of the plugin. */
export function nativeSeat(name: string, userId: string, more: object = {}): Resource {
  const inputs = { productCode: "on_call", userId };
  return resource(`${NATIVE}SeatAssignment`, name, {
    id: `on_call/${userId}`,
    inputs,
    outputs: { adopted: false, ...inputs },
    parent: stack.urn,
    provider: referenceTo(nativeProvider()),
    propertyDependencies: { productCode: [], userId: [] },
    ...more,
  });
}

/** A SeatRoster of the dynamic provider. */
export function dynamicRoster(name: string, members: object, more: object = {}): Resource {
  const type = `${DYNAMIC}SeatRoster`;
  const inputs = {
    __provider: `${TEXT}SeatRoster`,
    __urn: urnOf(type, name),
    members,
    productCode: "on_call",
  };
  return resource(type, name, {
    id: "on_call/roster",
    inputs,
    outputs: inputs,
    parent: stack.urn,
    provider: referenceTo(dynamicProvider()),
    ...more,
  });
}

/** The same one of the plugin. */
export function nativeRoster(name: string, members: object, more: object = {}): Resource {
  const inputs = { members, productCode: "on_call" };
  return resource(`${NATIVE}SeatRoster`, name, {
    id: "on_call/roster",
    inputs,
    outputs: inputs,
    parent: stack.urn,
    provider: referenceTo(nativeProvider()),
    ...more,
  });
}

/** @param more of the deployment */
export const stateOf = (resources: readonly object[], more: object = {}) =>
  JSON.stringify({
    version: 3,
    deployment: { manifest: { version: "v3.248.0" }, ...more, resources },
  });

export const resourcesOf = (state: string) =>
  (JSON.parse(state) as { deployment: { resources: Resource[] } }).deployment.resources;
