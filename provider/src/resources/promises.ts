// Promises of another realm: in Jest, those of Node's own modules are no `instanceof Promise`, and Pulumi's SDK would make
// `{}` of them.
import { types } from "node:util";

/** A value whose promises, in lists and objects too, are all of this realm. */
export function withOwnPromises<T>(value: T): T {
  return convert(value) as T;
}

function convert(value: unknown): unknown {
  if (types.isPromise(value)) return Promise.resolve(value).then(convert);
  if (Array.isArray(value)) return value.map(convert);
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, convert(one)]));
}

/** Whether an object is a literal's, of any realm: not an output, a Map or another object with a class. */
function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
