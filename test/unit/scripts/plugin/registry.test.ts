// The rules of https://github.com/pulumi/registry: tools/resourcedocsgen/cmd/metadata.go and scripts/ci/community-package.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { valid } from "semver";
import { parse } from "yaml";
import { manifest, repository } from "../../../../scripts/plugin/manifest";
import { registryPages } from "../../../../scripts/plugin/registryPages";
import { schemaText } from "../../../../scripts/plugin/schema";
import { codeBlocks, repository as folder, readDocument } from "../../../support/markdown";

const CATEGORIES = /^category\/(cloud|database|infrastructure|monitoring|network|utility|vcs)$/;

describe("what Pulumi's registry is given", () => {
  const schema = JSON.parse(schemaText());

  it("is a schema with a publisher, a version, a known category, and the name of the repository", () => {
    expect(schema.publisher).to.equal(repository.owner).and.not.equal("");
    expect(valid(schema.version)).to.equal(manifest.version);
    const categories = schema.keywords.filter((word: string) => word.startsWith("category/"));
    expect(categories).to.have.lengthOf(1);
    expect(categories[0]).to.match(CATEGORIES);
    expect(repository.slug.split("/")).to.deep.equal([schema.publisher, `pulumi-${schema.name}`]);
  });

  it("names the repository wherever there is a URL, and a logo that is there", () => {
    // Pulumi would run what a stranger puts at the placeholder's URL.
    const url = repository.isPublic ? repository.pluginDownloadUrl : undefined;
    expect(schema.pluginDownloadURL).to.equal(url);
    for (const url of [schema.repository, schema.homepage, manifest.homepage, manifest.bugs]) {
      expect(url).to.match(new RegExp(`^${repository.url}($|[#/])`));
    }
    const logo = schema.logoUrl.replace(
      `https://raw.githubusercontent.com/${repository.slug}/main/`,
      "",
    );
    expect(existsSync(join(folder, logo))).to.equal(true);
  });

  for (const [file, text] of Object.entries(registryPages())) {
    it(`is a page with front matter, which \`npm run schema\` has written: ${file}`, () => {
      expect(readDocument(file)).to.equal(text);
      const [before, matter = "", body] = text.split(/^---\n/m);
      expect(before).to.equal("");
      expect(parse(matter)).to.have.all.keys("title", "meta_desc", "layout");
      expect(body).to.match(/^## /m);
      // Hugo would take them for a shortcode.
      expect(body).to.not.match(/{{[<%]/);
    });
  }

  it("has an example for each language: those that tests run, and YAML by the schema's names", () => {
    const [python, yaml] = ["python", "yaml"].map((language) =>
      codeBlocks(language, ["docs/_index.md"]),
    );
    expect(python).to.have.lengthOf(1);
    expect(codeBlocks("python", ["docs/native-plugin.md"])).to.include.members(python ?? []);
    expect(codeBlocks("ts", ["docs/_index.md"])).to.have.length.above(1);
    expect(unknownNames(parse(yaml?.join("") ?? ""))).to.deep.equal([]);
  });

  for (const [token, description] of Object.entries(descriptions(schema))) {
    it(`has an example in each language of ${token}`, () => {
      // As pulumi/registry reads it: tools/resourcedocsgen/pkg/docs/examples.go.
      const [, example = ""] =
        /^{{% examples %}}\n.*{{% example %}}\n(.*){{% \/example %}}\n{{% \/examples %}}$/ms.exec(
          description,
        ) ?? [];
      const blocks = [...example.matchAll(/^```(\w+)\n(.*?)^```$/gms)];
      const [typescript, python, go, yaml] = ["typescript", "python", "go", "yaml"].map(
        (language) =>
          blocks.flatMap(([, name, code]) => (name === language ? [code] : [])).join(""),
      );
      const name = token.split(":").at(-1) ?? "";
      const inPython = /^[A-Z]/.test(name) ? name : name.replace(/[A-Z]/g, "_$&").toLowerCase();
      expect(typescript).to.include(` datadogSeats.${name}`);
      expect(python).to.include(`datadog_seats.${inPython}`);
      expect(go).to.match(new RegExp(`"${repository.goModule}/datadogseats"[^]*${name}`, "i"));
      expect(yaml).to.include(`datadog-seats:${name}`);
      expect(unknownNames(parse(yaml ?? ""))).to.deep.equal([]);
    });
  }

  /** What a program in YAML has and the schema hasn't. */
  function unknownNames(program: YamlProgram): string[] {
    const resources = Object.values(program.resources ?? {}).map(({ type, properties }) => ({
      type,
      names: properties,
      known: schema.resources[type.replace(":", ":index:")]?.inputProperties,
    }));
    const calls = Object.values(program.variables ?? {}).map(({ "fn::invoke": call }) => ({
      type: call.function,
      names: call.arguments,
      known: schema.functions[call.function.replace(":", ":index:")]?.inputs.properties,
    }));
    return [...resources, ...calls].flatMap(({ type, names, known = {} }) =>
      Object.keys(names).flatMap((name) => (name in known ? [] : [`${type}: ${name}`])),
    );
  }
});

interface YamlProgram {
  readonly resources?: Record<string, { type: string; properties: object }>;
  readonly variables?: Record<string, { "fn::invoke": { function: string; arguments: object } }>;
}

/** Of all resources and functions, by token. */
function descriptions({
  resources,
  functions,
}: Record<string, Record<string, { description: string }>>) {
  const all = Object.entries({ ...resources, ...functions });
  return Object.fromEntries(all.map(([token, { description }]) => [token, description]));
}
