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
    expect(schema).to.not.have.property("pluginDownloadURL");
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
    const [example] = Object.values<{ type: string; properties: object }>(
      parse(yaml?.join("") ?? "").resources,
    );
    const { inputProperties } = schema.resources[example?.type.replace(":", ":index:") ?? ""];
    expect(inputProperties).to.include.keys(...Object.keys(example?.properties ?? {}));
  });
});
