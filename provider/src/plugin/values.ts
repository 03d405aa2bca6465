// Properties as the engine sends and takes them. Secrets come wrapped in an object with a signature; what isn't known yet
// is a string of its own, which the lifecycle knows as UNKNOWN.
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { isObject } from "../model/object";
import { asSecret, isSecret } from "../model/secret";

export type Properties = Record<string, unknown>;

/** The paths of what is secret, such as `["members","alice"]`, as JSON. */
export type Secrets = ReadonlySet<string>;

export interface Received {
  readonly values: Properties;
  readonly secrets: Secrets;
}

/** Hidden inputs that carry hints to the lifecycle; never sent to the engine. */
const HINTS = ["__urn", "__preview", "__lookup"];

/** Reads properties. One that is null counts as absent. */
export function received(struct: Struct | undefined): Received {
  const secrets = new Set<string>();
  const given = (struct?.toJavaScript() ?? {}) as Properties;
  const values = plain(given, [], secrets) as Properties;
  for (const [name, value] of Object.entries(values)) if (value === null) delete values[name];
  return { values, secrets };
}

/** Makes properties to be sent: what was secret in any of those that they come from is secret again. */
export function toSend(values: object, ...sources: readonly Secrets[]): Struct {
  const secrets = new Set(sources.flatMap((source) => [...source]));
  const entries = Object.entries(values).filter(([name]) => !HINTS.includes(name));
  return Struct.fromJavaScript(wrapped(Object.fromEntries(entries), [], secrets) as never);
}

/** The path of a property of the resource itself. */
export const pathOf = (property: string) => JSON.stringify([property]);

function plain(value: unknown, path: readonly string[], secrets: Set<string>): unknown {
  if (Array.isArray(value)) {
    return value.map((element, n) => plain(element, [...path, String(n)], secrets));
  }
  if (isSecret(value)) {
    secrets.add(JSON.stringify(path));
    return plain(value.value, path, secrets);
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(
    entries.map(([name, one]) => [name, plain(one, [...path, name], secrets)]),
  );
}

function wrapped(value: unknown, path: readonly string[], secrets: Secrets): unknown {
  const content = wrappedWithin(value, path, secrets);
  return secrets.has(JSON.stringify(path)) ? asSecret(content) : content;
}

function wrappedWithin(value: unknown, path: readonly string[], secrets: Secrets): unknown {
  if (Array.isArray(value)) {
    return value.map((element, n) => wrapped(element, [...path, String(n)], secrets));
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(
    entries.map(([name, one]) => [name, wrapped(one, [...path, name], secrets)]),
  );
}
