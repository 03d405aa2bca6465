import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect } from "chai";
import { repository } from "../../support/markdown";

describe("the executables of the package", () => {
  const provider = join(repository, "provider");
  const { bin, version } = require(join(provider, "package.json"));
  const run = (name: string, ...args: string[]) =>
    spawnSync(join(provider, bin[name]), args, { encoding: "utf8" });

  it("are no files of the build, so that npm links them in a clone that has not been built", () => {
    for (const file of Object.values(bin)) expect(file).to.match(/^\.\/bin\//);
  });

  it("can be executed, and run what was built", () => {
    expect(run("datadog-seats", "--version").stdout).to.equal(`${version}\n`);
    const plugin = run("pulumi-resource-datadog-seats");
    expect(plugin.stderr).to.include("is a plugin that Pulumi starts by itself");
  });
});
