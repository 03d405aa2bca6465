import { cpSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect } from "chai";
import { languageHost } from "../../../scripts/pulumi-cli/goTools";
import { anyPulumiBin } from "../../../scripts/pulumi-cli/install";
import { installPackages, virtualEnvironment } from "../../../scripts/release/python";
import { Simulator } from "../../../simulator/src";
import { pointingAt } from "../../support/connection";
import { readmeCommands } from "../../support/example";
import { codeBlocks, repository, shellCommands } from "../../support/markdown";
import { Script } from "../../support/script";
import { skip } from "../../support/skip";
import { TestStack } from "../../support/stack";
import { newWorkFolder } from "../../support/workFolder";

const people = {
  alice: "3fa85f64-5717-4562-b3fc-2c963f66afa6",
  bob: "7c9e6679-7425-40de-944b-e07fc1f90ae7",
};
const { alice, bob } = people;

describe("examples/python", () => {
  const [install = [], , ...commands] = readmeCommands("python", "pulumi");
  let folder: string;
  let simulator: Simulator;
  let stack: TestStack;

  before(async function () {
    // What Go has to build takes minutes on a new machine.
    this.timeout(1_200_000);
    folder = newWorkFolder("python-");
    let host: string;
    try {
      host = await languageHost("Python", await anyPulumiBin());
      await virtualEnvironment(folder, "pulumi");
    } catch (error) {
      skip(this, (error as Error).message);
    }
    for (const script of ["scripts/sdks.ts", "scripts/pluginPack.ts"]) {
      const made = new Script(script, []);
      expect(await made.ended(), made.output).to.equal(0);
    }
    cpSync(join(repository, "examples", "python"), folder, { recursive: true });
    const [[, ...packages] = []] = readmeCommands("python", "venv/bin/pip");
    await installPackages(folder, ...packages.map((name) => name.replace("../..", repository)));

    simulator = await Simulator.start();
    for (const [name, id] of Object.entries(people)) {
      simulator.org.addUser(id, { email: `${name}@example.com` });
    }
    stack = await TestStack.inFolder(simulator, folder);
    const { PATH = "" } = stack.environment;
    // The host that can be built here doesn't know the project's `virtualenv`.
    stack.environment.PATH = [join(folder, "venv", "bin"), host, PATH].join(delimiter);
  });
  after(async () => {
    stack?.remove();
    await simulator?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("gives everybody on the list a seat, with the packed plugin and the generated SDK", async () => {
    simulator.org.claim("on_call", bob);
    const inRepository = (word: string) => word.replace(/^provider\//, `${repository}/provider/`);
    await stack.succeeds(...install.map(inRepository));
    const outputs: Record<string, string> = {};
    for (const [command = "", ...args] of commands) {
      const yes = command === "up" ? ["--yes"] : [];
      outputs[command] = await stack.succeeds(command, ...args, ...yes);
    }
    expect(outputs.preview).to.include(`Will adopt the on_call seat that user ${bob}`);
    expect(simulator.org.holders("on_call")).to.deep.equal([alice, bob]);
    expect(JSON.parse(outputs.stack ?? "")).to.deep.equal(["alice@example.com", "bob@example.com"]);
    await stack.preview("--expect-no-changes");

    await stack.destroy();
    expect(simulator.org.holders("on_call")).to.deep.equal([]);
  });

  it("can be as docs/native-plugin.md shows, with keys of the stack's configuration", async () => {
    const page = ["docs/native-plugin.md"];
    const { url, keys } = simulator;
    for (const name of Object.keys(pointingAt(simulator))) delete stack.environment[name];
    stack.set({ "datadog-seats:apiUrl": url });
    const shown = shellCommands("pulumi config set --secret", page).flat();
    const secrets = [...shown, "euApiKey", "euAppKey"].map((setting) => {
      return [setting, /apiKey$/i.test(setting) ? keys.apiKey : keys.appKey];
    });
    await stack.setSecrets(Object.fromEntries(secrets));
    // What a preview says of them shows that it has asked the simulator.
    simulator.org.claim("on_call", alice);
    simulator.org.claim("incident_response", bob);
    const expected = [
      `Will adopt the on_call seat that user ${alice}`,
      "+ alice@example.com (will be assigned), + bob@example.com (will be adopted)",
    ];
    const programs = codeBlocks("python", page);
    expect(programs).to.have.lengthOf(expected.length);
    for (const [n, program] of programs.entries()) {
      const onSimulator = program.replace('site="datadoghq.eu"', `api_url="${url}"`);
      writeFileSync(join(folder, "__main__.py"), onSimulator);
      expect(await stack.preview(), program).to.include(expected[n]);
    }
  });
});
