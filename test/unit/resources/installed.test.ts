import { spawnSync } from "node:child_process";
import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { providerText } from "../../../provider/src/model/resourceTypes";
import { user } from "../../support/ids";
import { repository } from "../../support/markdown";
import { temporaryFolder } from "../../support/workFolder";

/** A program that finds the package elsewhere, as where a library uses it. Mocks stand in for the engine. */
const program = `const { createRequire } = require("node:module");
const elsewhere = createRequire(${JSON.stringify(join(repository, "index.js"))});
const pulumi = elsewhere("@pulumi/pulumi");
const { SeatAssignment } = elsewhere("pulumi-datadog-seats");
pulumi.runtime.setMocks({ newResource: ({ name }) => ({ id: name, state: {} }), call: () => ({}) }).then(() => {
  process.chdir("/");
  new SeatAssignment("alice", { productCode: "on_call", userId: "${user(1)}" });
  console.log("registered");
}).catch(({ message }) => console.log(message));
`;

describe("a program in a folder without the package", () => {
  const folder = temporaryFolder();

  function run(environment: Record<string, string>, code = program): string {
    const { stdout, stderr } = spawnSync(process.execPath, ["-e", code], {
      cwd: folder(),
      env: { PATH: process.env.PATH, ...environment },
      encoding: "utf8",
    });
    return stdout + stderr;
  }

  /** What Pulumi sets for a program. */
  const engine = { PULUMI_NODEJS_MONITOR: "127.0.0.1:1" };

  it("is told what to install where, since the provider process looks for it there", () => {
    const needs = `Pulumi's provider process needs pulumi-datadog-seats in the program's folder, ${realpathSync(folder())}, and`;
    expect(run(engine)).to.include(needs).and.include("`pnpm add pulumi-datadog-seats`");
  });

  it("is not refused once it is installed there", () => {
    mkdirSync(join(folder(), "node_modules"));
    const installed = join(folder(), "node_modules", "pulumi-datadog-seats");
    symlinkSync(join(repository, "provider"), installed, "junction");
    expect(run(engine)).to.equal("registered\n");
  });

  it("is not refused without an engine of its own, as an inline program of the Automation API", () => {
    expect(run({})).to.equal("registered\n");
  });

  it("is told so by the text in the state too, where the program doesn't run, as in a destroy", () => {
    writeFileSync(join(folder(), "provider.js"), providerText("SeatAssignment"));
    const evaluate = `try { require("./provider.js").handler(); } catch (e) { console.log(e.message + e.stack); }`;
    expect(run({}, evaluate)).to.equal(
      "Cannot find module 'pulumi-datadog-seats/dynamic': run npm install pulumi-datadog-seats\n",
    );
  });
});
