import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { readDocument, repository } from "../../support/markdown";

describe("docs/configuration.md", () => {
  const page = readDocument("docs/configuration.md");

  it("says of each setting of @pulumi/datadog whether it is read", () => {
    const folder = join(repository, "node_modules", "@pulumi", "datadog");
    const declarations = readFileSync(join(folder, "config", "vars.d.ts"), "utf8");
    const names = [...declarations.matchAll(/export declare const (\w+)/g)].map(([, name]) => name);
    expect(names).to.include.members(["apiKey", "bearerToken"]).and.not.include("site");
    expect(names.filter((name) => !page.includes(`\`${name}\``))).to.deep.equal([]);
    const { version } = require(join(folder, "package.json")) as { version: string };
    expect(page).to.include(`\`@pulumi/datadog\` ${version.replace(/\.\d+$/, "")} reads`);
  });
});
