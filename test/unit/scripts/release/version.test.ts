import { expect } from "chai";
import { manifest } from "../../../../scripts/plugin/manifest";
import { filesBehind, versionedFiles, withVersion } from "../../../../scripts/release/version";
import { readDocument } from "../../../support/markdown";

describe("the version", () => {
  it("is the same wherever it stands: otherwise run `npm run version:set`", () => {
    expect(filesBehind(manifest.version)).to.deep.equal([]);
  });

  it("is set in the package, the lock file, the examples' dependencies, and the commands that docs show", () => {
    const changed = versionedFiles().filter((file) => {
      const text = readDocument(file);
      return text !== withVersion(text, "9.8.7");
    });
    expect(changed).to.include.members([
      "package-lock.json",
      "provider/package.json",
      "docs/native-plugin.md",
      "examples/python/README.md",
      "examples/team-seats/package.json",
    ]);
    const [manifestText, lock] = ["provider/package.json", "package-lock.json"].map((file) =>
      JSON.parse(withVersion(readDocument(file), "9.8.7")),
    );
    expect(manifestText).to.deep.equal({ ...manifest, version: "9.8.7" });
    expect(lock.packages.provider.version).to.equal("9.8.7");
    expect(lock.packages["examples/team-seats"].dependencies["pulumi-datadog-seats"]).to.equal(
      "^9.8.7",
    );
  });

  it("of other packages and of Pulumi's stays", () => {
    const text =
      '"pulumi-datadog-seats-workspace", "@pulumi/pulumi": "3.248.0", datadog-seats 1.2.3';
    expect(withVersion(text, "9.8.7")).to.equal(text);
  });
});
