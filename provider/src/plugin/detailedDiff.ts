// Which properties of a resource change, for the preview to show.
import { PropertyDiff } from "@pulumi/pulumi/proto/provider_pb";
import { isObject } from "../model/values";
import type { Properties } from "./properties";

const { Kind } = PropertyDiff;

/**
 * The changes by the path of the property, such as `members["alice@example.com"]`.
 *
 * @param olds what the state holds
 * @param inputs the names of the properties that the program gives
 * @param replaces those of them whose change replaces the resource
 */
export function detailedDiff(
  olds: Properties,
  news: Properties,
  inputs: readonly string[],
  replaces: readonly string[],
): Map<string, PropertyDiff> {
  const diffs = new Map<string, PropertyDiff>();
  for (const name of inputs) {
    const [before, after] = [olds[name], news[name]];
    const suffix = replaces.includes(name) ? "_REPLACE" : "";
    const within = isObject(before) && isObject(after);
    const pairs: [path: string, unknown, unknown][] = within
      ? [...new Set([...Object.keys(before), ...Object.keys(after)])].map((label) => [
          `${name}[${JSON.stringify(label)}]`,
          before[label],
          after[label],
        ])
      : [[name, before, after]];
    for (const [path, was, is] of pairs) {
      if (was === is) continue;
      const change = was === undefined ? "ADD" : is === undefined ? "DELETE" : "UPDATE";
      diffs.set(path, new PropertyDiff().setKind(Kind[`${change}${suffix}`]));
    }
  }
  return diffs;
}
