import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { CLI_VERSION, pulumiBin } from "../../../../scripts/pulumi-cli/install";
import { rejection } from "../../../support/rejection";
import { temporaryFolder } from "../../../support/workFolder";

const parts = ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];

describe("pulumiBin", () => {
  const cache = temporaryFolder();
  let installs: number;
  const options = (version = CLI_VERSION) => ({
    cache: cache(),
    log: () => {},
    install: async (release: string) => {
      installs += 1;
      mkdirSync(join(release, "bin"), { recursive: true });
      for (const name of parts) {
        writeFileSync(join(release, "bin", name), `#!/bin/sh\necho v${version}\n`);
        chmodSync(join(release, "bin", name), 0o755);
      }
    },
  });
  const version = (bin: string) => execFileSync(join(bin, "pulumi"), ["version"]).toString().trim();

  beforeEach(() => {
    installs = 0;
  });

  it("installs once, and leaves nothing else behind", async () => {
    const bin = await pulumiBin(options());
    expect(version(bin)).to.equal(`v${CLI_VERSION}`);
    expect(await pulumiBin(options())).to.equal(bin);
    expect(installs).to.equal(1);
    expect(readdirSync(cache())).to.deep.equal([`pulumi-${CLI_VERSION}`]);
  });

  it("allows two installs at the same time", async () => {
    const bins = await Promise.all([pulumiBin(options()), pulumiBin(options())]);
    expect(bins.map(version)).to.deep.equal([`v${CLI_VERSION}`, `v${CLI_VERSION}`]);
    expect(readdirSync(cache())).to.deep.equal([`pulumi-${CLI_VERSION}`]);
  });

  const broken = (name: string) => (bin: string) =>
    writeFileSync(join(bin, name), "no program", { mode: 0o644 });
  const damages: [string, (bin: string) => void][] = [
    ["a language host that was cut off", (bin) => writeFileSync(join(bin, parts[1] ?? ""), "")],
    ["a CLI that doesn't run", broken("pulumi")],
    ["a missing launcher", (bin) => rmSync(join(bin, "pulumi-resource-pulumi-nodejs"))],
    ["a missing manifest", (bin) => rmSync(join(bin, "..", "installed.json"))],
  ];
  for (const [what, damage] of damages) {
    it(`notices ${what}, and installs again`, async () => {
      const bin = await pulumiBin(options());
      damage(bin);
      expect(version(await pulumiBin(options()))).to.equal(`v${CLI_VERSION}`);
      expect(installs).to.equal(2);
    });
  }

  it("clears away what an install left that was killed long ago, not one that is under way", async () => {
    const yesterday = new Date(Date.now() - 86_400_000);
    for (const name of ["installing-old", "installing-new"]) mkdirSync(join(cache(), name));
    utimesSync(join(cache(), "installing-old"), yesterday, yesterday);
    await pulumiBin(options());
    expect(readdirSync(cache())).to.deep.equal(["installing-new", `pulumi-${CLI_VERSION}`]);
  });

  it("does not put an install in place that turns out to be another version", async () => {
    const error = await rejection(pulumiBin(options("3.0.0")));
    expect(error.message).to.equal("The installed Pulumi CLI doesn't run.");
    expect(readdirSync(cache())).to.deep.equal([]);
  });
});
