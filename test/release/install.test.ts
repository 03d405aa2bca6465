// What a release holds is installed as users of each language do it, in folders with nothing of the repository around them.
import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { parse, stringify } from "yaml";
import { manifest } from "../../scripts/plugin/manifest";
import { userCache } from "../../scripts/pulumi-cli/cache";
import { goEnvironment } from "../../scripts/pulumi-cli/goModules";
import { languageHost } from "../../scripts/pulumi-cli/goTools";
import { anyPulumiBin, CLI_VERSION } from "../../scripts/pulumi-cli/install";
import { virtualEnvironment } from "../../scripts/release/python";
import { Simulator } from "../../simulator/src";
import { codeBlocks, repository } from "../support/markdown";
import { OWNER, Release } from "../support/release";
import { TestStack } from "../support/stack";
import { temporaryFolder } from "../support/workFolder";

const { version } = manifest;
const EXAMPLES = readdirSync(join(repository, "provider", "examples"));
/** An example in one language, as the schema shows it. */
const example = (file: string, language: string) =>
  codeBlocks(language, [`provider/examples/${file}`])
    .join("")
    .replace("OWNER/REPOSITORY", `${OWNER}/pulumi-datadog-seats`);

const people = {
  alice: "3fa85f64-5717-4562-b3fc-2c963f66afa6",
  bob: "7c9e6679-7425-40de-944b-e07fc1f90ae7",
  carol: "00000000-0000-4000-8000-000000000003",
  dave: "00000000-0000-4000-8000-000000000004",
  erin: "00000000-0000-4000-8000-000000000005",
  frank: "00000000-0000-4000-8000-000000000006",
};
const { alice, bob, carol, dave, erin, frank } = people;

/** The environment without what `npm run` and this repository add to it. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|NODE_|INIT_CWD|DD_|DATADOG_)/i.test(name),
  );
  const path = (process.env.PATH ?? "").split(delimiter);
  const PATH = path.filter((folder) => !folder.includes("node_modules")).join(delimiter);
  return { ...Object.fromEntries(entries), PATH };
}

describe("a release", function () {
  // What Go has to build takes minutes on a new machine, and so do installs.
  this.timeout(1_800_000);
  const folder = temporaryFolder();
  let release: Release;
  let simulator: Simulator;

  before(async () => {
    release = await Release.make(version);
  });
  after(() => release?.remove());

  beforeEach(async () => {
    simulator = await Simulator.start();
    const { org } = simulator;
    for (const [name, id] of Object.entries(people)) {
      org.addUser(id, { email: `${name}@example.com` });
    }
    for (const product of ["on_call", "incident_response"]) org.product(product);
    org.addTeam({ id: dave, handle: "sre", members: [erin] });
    org.addSchedule("5c4ed01e-3b7a-4f0e-9d51-6a2f8c1b7e90", [{ members: [frank] }]);
  });
  afterEach(() => simulator.stop());

  const write = (name: string, content: string | object) =>
    writeFileSync(
      join(folder(), name),
      typeof content === "string" ? content : JSON.stringify(content),
    );

  const run = (command: string, ...args: string[]) =>
    promisify(execFile)(command, args, { cwd: folder(), env: cleanEnvironment() });

  /** A stack in the folder, whose CLI may download the plugin. */
  async function stack(...path: string[]): Promise<TestStack> {
    const made = await TestStack.inFolder(simulator, folder());
    const { environment } = made;
    for (const name of Object.keys(environment)) {
      if (/^(npm_|NODE_)|ACQUISITION|TRANSPILE/i.test(name)) delete environment[name];
    }
    Object.assign(environment, release.environment);
    environment.PATH = [...path, await anyPulumiBin(), cleanEnvironment().PATH].join(delimiter);
    return made;
  }

  /** Brings up the examples with the plugin that Pulumi has downloaded. */
  async function bringUp(examples: TestStack): Promise<void> {
    await examples.up();
    expect(readdirSync(join(folder(), ".home", "plugins"))).to.include(
      `resource-datadog-seats-v${version}`,
    );
    const { org } = simulator;
    expect(org.holders("incident_response")).to.have.members([alice, carol, dave]);
    expect(org.holders("on_call")).to.have.members([alice, bob, erin, frank]);
  }

  it("has the plugin for each system, and the checksum of every file", async () => {
    const files = readdirSync(join(release.folder, "files"));
    const folder = join(release.folder, "files");
    const check = ["--check", "SHA256SUMS"];
    const { stdout } = await promisify(execFile)("sha256sum", check, { cwd: folder });
    const sound = stdout.trim().split("\n");
    const others = files.filter((name) => name !== "SHA256SUMS");
    expect(sound).to.have.members(others.map((name) => `${name}: OK`));
    for (const system of ["linux", "darwin", "windows"]) {
      for (const processor of ["amd64", "arm64"]) {
        const archive = `pulumi-resource-datadog-seats-v${version}-${system}-${processor}.tar.gz`;
        expect(files).to.include(archive);
        const { stdout } = await run("tar", "-tzf", release.file(archive));
        const executable = system === "windows" ? "datadog-seats.cmd" : "datadog-seats";
        expect(stdout).to.include(`pulumi-resource-${executable}\n`);
      }
    }
  });

  for (const [manager, ...args] of [
    ["npm"],
    ["npx", "--yes", "pnpm@10.34.8"],
    ["npx", "--yes", "yarn@1.22.22", "--cache-folder", "cache"],
  ]) {
    const title = args.find((one) => one.includes("@")) ?? manager;
    it(`installs as a package for Node.js with ${title}`, async () => {
      write("package.json", {
        dependencies: {
          "pulumi-datadog-seats": `file:${release.file(`pulumi-datadog-seats-${version}.tgz`)}`,
          "@pulumi/pulumi": CLI_VERSION,
          typescript: "^5",
        },
      });
      write("Pulumi.yaml", "name: installed\nruntime: nodejs\n");
      write("index.ts", codeBlocks("ts", ["provider/README.md"])[0] ?? "");
      await run(manager ?? "", ...args, "install");
      const command = await run(join("node_modules", ".bin", "pulumi-datadog-seats"), "--version");
      expect(command.stdout).to.equal(`${version}\n`);
      expect(await (await stack()).preview()).to.include(
        "+ alice@example.com (will be assigned), + bob@example.com (will be assigned)",
      );
    });
  }

  it("installs as an SDK for Node.js, with which all examples compile and run", async () => {
    const sdk = `pulumi-datadog-seats-sdk-${version}.tgz`;
    write("package.json", {
      dependencies: {
        "pulumi-datadog-seats-sdk": `file:${release.file(sdk)}`,
        "@pulumi/pulumi": CLI_VERSION,
        "@types/node": "^20",
        typescript: "^5",
      },
    });
    write("tsconfig.json", {
      compilerOptions: { strict: true, module: "nodenext", skipLibCheck: true, noEmit: true },
    });
    write("Pulumi.yaml", "name: installed\nruntime: nodejs\n");
    for (const file of EXAMPLES) write(file.replace("md", "ts"), example(file, "typescript"));
    write("index.ts", EXAMPLES.map((file) => `export * from "./${file.slice(0, -3)}";\n`).join(""));
    await run("npm", "install");
    await run(join("node_modules", ".bin", "tsc"));
    await bringUp(await stack());
  });

  it("installs as a package for Python, with which all examples run", async () => {
    await virtualEnvironment(
      folder(),
      "pulumi",
      release.file(`pulumi_datadog_seats-${version}-py3-none-any.whl`),
    );
    write("Pulumi.yaml", "name: installed\nruntime: python\n");
    write("__main__.py", EXAMPLES.map((file) => example(file, "python")).join("\n"));
    const host = await languageHost("Python", await anyPulumiBin());
    await bringUp(await stack(join(folder(), "venv", "bin"), host));
  });

  it("installs as a plugin for programs in YAML, as Pulumi's registry checks it", async () => {
    const programs = EXAMPLES.map((file) => parse(example(file, "yaml")));
    const [resources, variables, outputs] = ["resources", "variables", "outputs"].map((section) =>
      Object.assign({}, ...programs.map((program) => program[section])),
    );
    write(
      "Pulumi.yaml",
      stringify({ name: "installed", runtime: "yaml", resources, variables, outputs }),
    );
    const examples = await stack(await languageHost("YAML", await anyPulumiBin()));
    const server = `github://api.github.com/${OWNER}/pulumi-datadog-seats`;
    const plugin = ["resource", "datadog-seats", `v${version}`, "--server", server];
    await examples.succeeds("plugin", "install", ...plugin);
    await bringUp(examples);
  });

  it("has a module for Go, with which all examples compile", async () => {
    const module = `github.com/${OWNER}/pulumi-datadog-seats/sdk/go`;
    const pkg = join(repository, "scripts", "pulumi-cli", "pkg");
    // With the versions of the CLI's build, which are mostly there and compiled.
    const requirements = readFileSync(join(pkg, "go.mod"), "utf8").replace(/^module .*/m, "");
    const own = `require ${module} v${version}\nreplace ${module} => ${release.folder}/go/sdk/go\n`;
    write("go.mod", `module examples\n${requirements}\n${own}`);
    copyFileSync(join(pkg, "go.sum"), join(folder(), "go.sum"));
    for (const file of EXAMPLES) {
      mkdirSync(join(folder(), file));
      write(join(file, "main.go"), example(file, "go"));
    }
    const env = { ...(await goEnvironment(userCache())), GOFLAGS: "-modcacherw -mod=mod" };
    await promisify(execFile)("go", ["vet", "./..."], { cwd: folder(), env });
  });
});
