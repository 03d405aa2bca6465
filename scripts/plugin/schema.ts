// The schema of the native plugin: https://www.pulumi.com/docs/iac/build-with-pulumi/schema/
// Types and docstrings are those of the TypeScript package, so that nothing is described twice.
import { readFileSync } from "node:fs";
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
  go: { importBasePath: `${repository.goModule}/datadogseats` },
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
      description: withExample(declarations.description(name), name),
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
      description: withExample(declarations.description(name), name),
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
    // What Pulumi's registry asks for. Pulumi runs what it downloads from `pluginDownloadURL`, so no URL stands there that
    // somebody else may own one day.
    keywords: [...manifest.keywords, "category/monitoring", "kind/native"],
    publisher: repository.owner,
    homepage,
    repository: repository.url,
    ...(repository.isPublic && { pluginDownloadURL: repository.pluginDownloadUrl }),
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

/** Adds what provider/examples shows in each language; each SDK keeps its own, and Pulumi's registry lets readers choose. */
function withExample(description: string, name: string): string {
  const example = readFileSync(join(provider, "examples", `${name}.md`), "utf8");
  return `${description}

{{% examples %}}
## Example Usage

{{% example %}}
${example.replaceAll("OWNER/REPOSITORY", repository.slug)}
{{% /example %}}
{{% /examples %}}`;
}
