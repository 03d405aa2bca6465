// Programs that need more than the package and Pulumi's SDK, in folders with nothing of the repository around them, run by
// the CLI: what docs/node-programs.md says of them.
import { execFile } from "node:child_process";
import { mkdirSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { CLI_VERSION } from "../../scripts/pulumi-cli/install";
import { Simulator } from "../../simulator/src";
import { user } from "../support/ids";
import { packInto } from "../support/packedPackage";
import { TestStack } from "../support/stack";
import { newWorkFolder, temporaryFolder } from "../support/workFolder";

const run = promisify(execFile);
const seat = `new SeatAssignment("alice", { productCode: "on_call", userId: "${user(1)}" })`;
const PNPM = ["--yes", "pnpm@10.34.8"];

describe("a Node program", function () {
  // Two package managers install what a new machine doesn't have.
  this.timeout(1_800_000);
  const folder = temporaryFolder();
  let pack: string;
  let archive: string;
  let simulator: Simulator;

  before(async () => {
    pack = newWorkFolder("pack-");
    archive = await packInto(pack);
  });
  after(() => rmSync(pack, { recursive: true }));
  beforeEach(async () => {
    simulator = await Simulator.start();
    simulator.org.addUser(user(1));
    simulator.org.product("on_call");
  });
  afterEach(() => simulator.stop());

  /** Writes files below the folder. */
  function write(files: Readonly<Record<string, string | object>>): void {
    for (const [name, content] of Object.entries(files)) {
      const file = join(folder(), name);
      mkdirSync(join(file, ".."), { recursive: true });
      writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    }
  }

  /** A stack as users have it, who are told of a wrong type by the run. */
  async function stackIn(...path: string[]): Promise<TestStack> {
    const stack = await TestStack.inFolder(simulator, realpathSync(join(folder(), ...path)));
    delete stack.environment.PULUMI_NODEJS_TRANSPILE_ONLY;
    delete stack.environment.NODE_OPTIONS;
    return stack;
  }

  it('in TypeScript with "type": "module" is loaded by ts-node 10; a destroy without the package says what to install', async () => {
    write({
      "Pulumi.yaml": "name: esm\nruntime: nodejs\n",
      "package.json": { type: "module", main: "index.ts" },
      "index.ts": `import { SeatAssignment } from "pulumi-datadog-seats";
const userId: string = await Promise.resolve("${user(1)}");
export const seat = ${seat.replace(`"${user(1)}"`, "userId")}.userId;
`,
    });
    const packages = [
      archive,
      `@pulumi/pulumi@${CLI_VERSION}`,
      "ts-node@10.9.2",
      "typescript@6.0.3",
    ];
    await run("npm", ["install", "--ignore-scripts", ...packages], { cwd: folder() });
    const stack = await stackIn();
    await stack.up();
    expect(stack.outputs()).to.deep.equal({ seat: user(1) });
    await stack.up("--expect-no-changes");

    const installed = join(folder(), "node_modules", "pulumi-datadog-seats");
    renameSync(installed, join(folder(), "elsewhere"));
    expect(await stack.fails("destroy", "--yes", "--skip-preview"))
      .to.match(/error: .*: run npm install pulumi-datadog-seats\n/)
      .and.not.match(/^\s+at /m);
    expect(simulator.org.holders("on_call")).to.deep.equal([user(1)]);
    renameSync(join(folder(), "elsewhere"), installed);
    await stack.destroy();
    expect(simulator.org.holders("on_call")).to.deep.equal([]);
  });

  it("that gets its seats from a library of its pnpm workspace is told to install the package too, and runs with it", async () => {
    const pulumi = { "@pulumi/pulumi": CLI_VERSION };
    write({
      "pnpm-workspace.yaml": "packages: [library, program]\n",
      "package.json": { private: true },
      "library/package.json": {
        name: "library",
        version: "1.0.0",
        dependencies: { ...pulumi, "pulumi-datadog-seats": `file:${archive}` },
      },
      "library/index.js": `const { SeatAssignment } = require("pulumi-datadog-seats");\nexports.assign = () => ${seat};\n`,
      "program/Pulumi.yaml": "name: program\nruntime: nodejs\n",
      "program/package.json": {
        name: "program",
        main: "index.js",
        dependencies: { ...pulumi, library: "workspace:*" },
      },
      "program/index.js": `require("library").assign();\n`,
    });
    await run("npx", [...PNPM, "install", "--ignore-scripts"], { cwd: folder() });
    const stack = await stackIn("program");
    expect(await stack.fails("preview"))
      .to.include(`needs pulumi-datadog-seats in the program's folder, ${stack.folder}, and`)
      .and.include("`pnpm add pulumi-datadog-seats`");

    await run("npx", [...PNPM, "add", "--ignore-scripts", archive], { cwd: stack.folder });
    await stack.up();
    expect(simulator.org.holders("on_call")).to.deep.equal([user(1)]);
    await stack.destroy();
    expect(simulator.org.holders("on_call")).to.deep.equal([]);
  });
});
