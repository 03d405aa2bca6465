// How a state holds the seats of each entry point: those of the dynamic provider, and those of the native plugin.
import { stateType } from "../model/dynamicResource";
import { nativeType } from "../model/nativeResource";
import { hasDefaultName } from "../model/urn";
import type { Resource } from "./stateText";

export type EntryPoint = "dynamic" | "native";

const NAMES = ["SeatAssignment", "SeatRoster"] as const;
export type ResourceName = (typeof NAMES)[number];

interface Form {
  /** As messages call it. */
  readonly name: string;
  readonly typeOf: (name: ResourceName) => string;
  readonly providerType: string;
}

export const FORMS: Readonly<Record<EntryPoint, Form>> = {
  dynamic: {
    name: "the dynamic provider",
    typeOf: stateType,
    providerType: "pulumi:providers:pulumi-nodejs",
  },
  native: {
    name: "the native plugin",
    typeOf: nativeType,
    providerType: "pulumi:providers:datadog-seats",
  },
};

export const otherThan = (entryPoint: EntryPoint): EntryPoint =>
  entryPoint === "native" ? "dynamic" : "native";

/** What the type of an entry point is called; `undefined` for every other type. */
export const nameOfType = (type: string, { typeOf }: Form): ResourceName | undefined =>
  NAMES.find((name) => typeOf(name) === type);

/** Whether the engine has made a provider itself, because the program names none. */
export const isDefaultProvider = ({ type, urn }: Resource, { providerType }: Form): boolean =>
  type === providerType && hasDefaultName(urn);

export const referenceTo = ({ urn, id }: Resource) => `${urn}::${id}`;

/**
 * Renames the types in the URNs of a stack, also where a seat is the parent of another resource: in
 * `urn:pulumi:stack::project::parent's type$type::name`. Other texts stay as they are.
 *
 * @param seat the URN of a resource of the stack
 */
export function urnRenamer(seat: string, from: Form, to: Form): (text: string) => string {
  const stack = `${seat.split("::").slice(0, 2).join("::")}::`;
  return (text) => {
    if (!text.startsWith(stack)) return text;
    const [types = "", ...name] = text.slice(stack.length).split("::");
    const renamed = types.split("$").map((type) => {
      const known = nameOfType(type, from);
      return known ? to.typeOf(known) : type;
    });
    return [stack + renamed.join("$"), ...name].join("::");
  };
}
