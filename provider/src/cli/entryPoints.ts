// How a state holds the seats of each entry point: those of the dynamic provider, and those of the native plugin.
import { stateType } from "../model/dynamicResource";
import { nativeType } from "../model/nativeResource";
import { formatUrn, hasDefaultName, parseUrn } from "../model/urn";
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
 * Renames the types in the URNs of a stack, also where a seat is the parent of another resource. Other texts stay as they
 * are.
 *
 * @param seat the URN of a resource of the stack
 */
export function urnRenamer(seat: string, from: Form, to: Form): (text: string) => string {
  const { stack, project } = parseUrn(seat) ?? {};
  return (text) => {
    const urn = parseUrn(text);
    if (!urn || urn.stack !== stack || urn.project !== project) return text;
    const types = urn.types.map((type) => {
      const known = nameOfType(type, from);
      return known ? to.typeOf(known) : type;
    });
    return formatUrn({ ...urn, types });
  };
}
