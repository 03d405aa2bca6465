import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { Simulator } from "../../simulator/src";
import { user } from "../support/ids";
import { TestStack } from "../support/stack";

const run = promisify(execFile);
const repository = join(__dirname, "..", "..");

const program = `
import { SeatAssignment } from "pulumi-datadog-seats";
new SeatAssignment("alice", { productCode: "on_call", userId: "${user(1)}" });
`;

describe("the packed package", () => {
  it("installs into an empty project elsewhere, whose program then runs", async function () {
    this.timeout(300_000);
    const folder = mkdtempSync(join(tmpdir(), "seats-package-"));
    const simulator = await Simulator.start();
    try {
      simulator.org.addUser(user(1));
      simulator.org.product("on_call");
      await run("npm", ["pack", "--workspace", "provider", "--pack-destination", folder], {
        cwd: repository,
      });
      const { version } = require("../../provider/package.json") as { version: string };
      const { devDependencies } = require("../../package.json") as {
        devDependencies: Record<string, string>;
      };
      writeFileSync(join(folder, "package.json"), '{"name": "empty", "private": true}');
      writeFileSync(join(folder, "Pulumi.yaml"), "name: empty\nruntime: nodejs\n");
      writeFileSync(join(folder, "index.ts"), program);
      const packages = [
        `./pulumi-datadog-seats-${version}.tgz`,
        ...["@pulumi/pulumi", "typescript"].map((name) => `${name}@${devDependencies[name]}`),
      ];
      await run("npm", ["install", "--no-audit", "--no-fund", ...packages], { cwd: folder });

      const stack = await TestStack.inFolder(simulator, folder);
      await stack.up();
      expect(simulator.org.holders("on_call")).to.deep.equal([user(1)]);
      await stack.refresh();
      await stack.destroy();
      expect(simulator.org.holders("on_call")).to.deep.equal([]);
    } finally {
      await simulator.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
