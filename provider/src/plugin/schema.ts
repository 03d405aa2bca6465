// What this package has, by its schema: the engine and the generators of SDKs ask for that, and calls are checked by it.
import { unknownArguments } from "../model/suggest";

interface ObjectSchema {
  readonly properties?: Readonly<Record<string, unknown>>;
}

interface PackageSchema {
  readonly name: string;
  readonly resources: Readonly<
    Record<string, ObjectSchema & { readonly inputProperties: Readonly<Record<string, unknown>> }>
  >;
  readonly functions: Readonly<Record<string, { readonly inputs: ObjectSchema }>>;
}

const schema = require("../../schema.json") as PackageSchema;

/** The schema, as JSON. */
export const schemaText = () => JSON.stringify(schema);

/** The version of the package, and of the plugin. */
export const { version } = require("../../package.json") as { version: string };

/** The names of a resource's inputs. */
export const inputsOf = (type: string) =>
  Object.keys(schema.resources[type]?.inputProperties ?? {});

/** The names of the outputs that only a provider knows. */
export const computedBy = (type: string) => {
  const inputs = inputsOf(type);
  const outputs = Object.keys(schema.resources[type]?.properties ?? {});
  return outputs.filter((name) => !inputs.includes(name));
};

/** The names of a function's arguments. */
export const argumentsOf = (token: string) =>
  Object.keys(schema.functions[token]?.inputs.properties ?? {});

/** A message for each unknown argument; names that begin with `__` are Pulumi's own. */
export const unknownNames = (whose: string, given: readonly string[], known: readonly string[]) =>
  unknownArguments(
    whose,
    given.filter((name) => !name.startsWith("__")),
    known,
  );
