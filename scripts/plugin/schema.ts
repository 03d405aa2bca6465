// The schema of the native plugin: https://www.pulumi.com/docs/iac/build-with-pulumi/schema/
// Types and docstrings are those of the TypeScript package, so that nothing is described twice.
import { join } from "node:path";
import { Declarations } from "./declarations";
import { manifest, repository, root } from "./manifest";
import { SchemaTypes } from "./schemaTypes";

const provider = join(root, "provider");

export const SCHEMA_FILE = join(provider, "schema.json");

const PACKAGE = "datadog-seats";
const MODULE = `${PACKAGE}:index`;
const RESOURCES = ["SeatAssignment", "SeatRoster"];
const FUNCTIONS = ["getOnCallUsers", "getSeatUsers", "getTeamMembers", "getUserIds"];
const SOURCES = [
  "api/responses",
  "config/settings",
  "functions/getOnCallUsers",
  "functions/getSeatUsers",
  "functions/getTeamMembers",
  "functions/getUserIds",
  "resources/seatAssignment",
  "resources/seatRoster",
];

/** Where the generators' defaults don't fit. */
const LANGUAGES = {
  nodejs: { packageName: "pulumi-datadog-seats-sdk" },
  python: { pyproject: { enabled: true } },
};

/** The text of provider/schema.json, as it should be. */
export function schemaText(): string {
  const declarations = new Declarations(SOURCES.map((file) => join(provider, "src", `${file}.ts`)));
  const types = new SchemaTypes(declarations, MODULE);
  const { version, description, license, homepage } = manifest;
  const { properties: variables } = types.object("ProviderArguments");

  const resources = RESOURCES.map((name) => {
    const { properties, required } = types.object(name);
    const inputs = types.object(`${name}Args`);
    const resource = {
      description: declarations.description(name),
      properties,
      required,
      inputProperties: inputs.properties,
      requiredInputs: inputs.required,
    };
    return [`${MODULE}:${name}`, resource];
  });
  const functions = FUNCTIONS.map((name) => {
    const type = name[0]?.toUpperCase() + name.slice(1);
    const lookup = {
      description: declarations.description(name),
      inputs: types.object(`${type}Args`),
      outputs: types.object(`${type}Result`),
    };
    return [`${MODULE}:${name}`, lookup];
  });

  const schema = {
    name: PACKAGE,
    displayName: "Datadog Seats",
    version,
    // The SDKs have this version, too, and the one in Go is a module of its own.
    meta: { supportPack: true },
    description,
    license,
    // What Pulumi's registry asks for. There is no `pluginDownloadURL` until there is a release: Pulumi would run a plugin from it,
    // so no other owner than the real one may stand there.
    keywords: [...manifest.keywords, "category/monitoring", "kind/native"],
    publisher: repository.owner,
    homepage,
    repository: repository.url,
    logoUrl: `https://raw.githubusercontent.com/${repository.slug}/main/docs/logo.svg`,
    language: LANGUAGES,
    config: { variables },
    provider: {
      description: declarations.description("ProviderArguments"),
      inputProperties: variables,
    },
    types: types.named,
    resources: Object.fromEntries(resources),
    functions: Object.fromEntries(functions),
  };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}
