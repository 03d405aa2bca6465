// What Pulumi's engine asked the provider, from the log that it writes where PULUMI_DEBUG_GRPC says.
import type { Call, Method } from "./plugin";
import type { Properties, ResourceType } from "./snapshot";

interface Entry {
  readonly method: string;
  /** A call is logged when it starts, and again when it ends. */
  readonly progress: string;
  readonly request: {
    readonly urn?: string;
    readonly id?: string;
    readonly olds?: Properties;
    readonly news?: Properties;
    readonly properties?: Properties;
  };
}

const SERVICE = "/pulumirpc.ResourceProvider/";

/** The calls about seats and rosters, in the order in which they started. */
export function callsIn(log: string): Call[] {
  const entries = log
    .split("\n")
    .filter(Boolean)
    .map((line): Entry => JSON.parse(line));
  return entries
    .filter(
      ({ method, progress, request }) =>
        method.startsWith(SERVICE) &&
        progress === "request_started" &&
        request.urn?.includes(":dynamic/datadog:"),
    )
    .map(({ method, request }) => {
      const { urn = "", id, olds = {}, news = {}, properties = {} } = request;
      const name = method.slice(SERVICE.length).toLowerCase() as Method;
      const args = {
        check: [olds, news],
        diff: [id, olds, news],
        create: [properties],
        read: [id, properties],
        update: [id, olds, news],
        delete: [id, properties],
      }[name];
      return { method: name, resource: resourceOf(urn), args: args.map(withoutProvider) };
    });
}

/** Type and name of a resource, by its URN. */
export function resourceOf(urn: string): { type: ResourceType; name: string } {
  const [, , type = "", name = ""] = urn.split("::");
  return { type: type.split(":").at(-1) as ResourceType, name };
}

/** The line that tells the dynamic provider what to load is in all properties. */
export function withoutProvider<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  const { __provider: _, ...rest } = value as Properties;
  return rest as T;
}
