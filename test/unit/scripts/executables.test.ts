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
    expect(run("pulumi-datadog-seats", "--version").stdout).to.equal(`${version}\n`);
    const plugin = run("pulumi-resource-datadog-seats");
    expect(plugin.status).to.equal(1);
    expect(plugin.stderr).to.include("is a plugin that Pulumi starts by itself");
  });

  it("have the same commands, so that the native plugin alone has them too", () => {
    const [command, plugin] = Object.keys(bin).map((name) => ({
      name,
      list: run(name, "list", "--help").stdout,
      version: run(name, "--version").stdout,
    }));
    expect(plugin?.version).to.equal(`${version}\n`);
    expect(plugin?.list).to.include(`Usage: ${plugin?.name} list`);
    expect(plugin?.list.replaceAll(String(plugin?.name), String(command?.name))).to.equal(
      command?.list,
    );
    expect(run("pulumi-resource-datadog-seats", "doktor").stderr).to.include("unknown command");
  });
});
