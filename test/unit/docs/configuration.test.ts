import { readFileSync } from "node:fs";
import { expect } from "chai";
import { readDocument } from "../../support/markdown";

describe("docs/configuration.md", () => {
  const page = readDocument("docs/configuration.md");

  it("says of each setting of @pulumi/datadog whether it is read", () => {
    const declarations = readFileSync(require.resolve("@pulumi/datadog/config/vars.d.ts"), "utf8");
    const names = [...declarations.matchAll(/export declare const (\w+)/g)].map(([, name]) => name);
    expect(names).to.include.members(["apiKey", "bearerToken"]).and.not.include("site");
    expect(names.filter((name) => !page.includes(`\`${name}\``))).to.deep.equal([]);
    const { version } = require("@pulumi/datadog/package.json") as { version: string };
    expect(page).to.include(`\`@pulumi/datadog\` ${version.replace(/\.\d+$/, "")} reads`);
  });
});
