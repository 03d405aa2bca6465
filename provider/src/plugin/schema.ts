// The schema of the plugin: the engine and the generators of SDKs ask for it, and inputs and arguments are checked against it.
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

/** The names of the outputs that aren't inputs. */
export const computedBy = (type: string) => {
  const inputs = inputsOf(type);
  const outputs = Object.keys(schema.resources[type]?.properties ?? {});
  return outputs.filter((name) => !inputs.includes(name));
};

/** The names of a function's arguments. */
export const argumentsOf = (token: string) =>
  Object.keys(schema.functions[token]?.inputs.properties ?? {});
