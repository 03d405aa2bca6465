// Properties as the engine sends and takes them. Secrets come wrapped in an object with a signature; what isn't known yet
// is a string of its own, which the lifecycle knows as UNKNOWN.
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { asSecret, isObject, isSecret } from "../model/values";

export type Properties = Record<string, unknown>;

/** The paths of what is secret, such as `["members","alice"]`, as JSON. */
export type Secrets = ReadonlySet<string>;

export interface Decoded {
  readonly values: Properties;
  readonly secrets: Secrets;
}

/** What is between the program, the lifecycle and the state of a dynamic resource: never sent to the engine. */
const HINTS = ["__urn", "__preview", "__lookup", "__external"];

/** A property that is null counts as absent. */
export function decode(struct: Struct | undefined): Decoded {
  const secrets = new Set<string>();
  const values = unwrap(struct?.toJavaScript() ?? {}, [], secrets) as Properties;
  for (const [name, value] of Object.entries(values)) if (value === null) delete values[name];
  return { values, secrets };
}

/** What was secret in any of the properties that these come from is secret again. */
export function encode(values: object, ...sources: readonly Secrets[]): Struct {
  const secrets = new Set(sources.flatMap((source) => [...source]));
  const entries = Object.entries(values).filter(([name]) => !HINTS.includes(name));
  return Struct.fromJavaScript(wrap(Object.fromEntries(entries), [], secrets) as never);
}

/** The path of a property of the resource itself. */
export const pathOf = (property: string) => JSON.stringify([property]);

function unwrap(value: unknown, path: readonly string[], secrets: Set<string>): unknown {
  if (!isSecret(value)) return within(value, path, (one, its) => unwrap(one, its, secrets));
  secrets.add(JSON.stringify(path));
  return unwrap(value.value, path, secrets);
}

function wrap(value: unknown, path: readonly string[], secrets: Secrets): unknown {
  const content = within(value, path, (one, its) => wrap(one, its, secrets));
  return secrets.has(JSON.stringify(path)) ? asSecret(content) : content;
}

/** A value with each element of a list, and each member of an object, changed. Members that are undefined are left out. */
function within(
  value: unknown,
  path: readonly string[],
  change: (value: unknown, path: readonly string[]) => unknown,
): unknown {
  if (Array.isArray(value)) return value.map((one, n) => change(one, [...path, String(n)]));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(entries.map(([name, one]) => [name, change(one, [...path, name])]));
}
