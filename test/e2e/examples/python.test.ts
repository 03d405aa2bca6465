import { cpSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect } from "chai";
import { pythonHost } from "../../../scripts/pulumi-cli/goTools";
import { anyPulumiBin } from "../../../scripts/pulumi-cli/install";
import { Simulator } from "../../../simulator/src";
import { readmeCommands } from "../../support/example";
import { repository } from "../../support/markdown";
import { installPackages, virtualEnvironment } from "../../support/python";
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
  const folder = newWorkFolder("python-");
  const [install = [], , ...commands] = readmeCommands("python", "pulumi");
  let simulator: Simulator;
  let stack: TestStack;

  before(async function () {
    // What Go has to build takes minutes on a new machine.
    this.timeout(1_200_000);
    let host: string;
    try {
      host = await pythonHost(await anyPulumiBin());
      await virtualEnvironment(join(folder, "venv"), ["pulumi"]);
    } catch (error) {
      skip(this, (error as Error).message);
    }
    for (const script of ["scripts/sdks.ts", "scripts/pluginPack.ts"]) {
      const made = new Script(script, []);
      expect(await made.ended(), made.output).to.equal(0);
    }
    cpSync(join(repository, "examples", "python"), folder, { recursive: true });
    const [pip = []] = readmeCommands("python", "venv/bin/pip");
    await installPackages(
      join(folder, "venv"),
      pip.slice(1).map((argument) => argument.replace(/^\.\.\/\.\./, repository)),
    );

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
  });

  it("gives everybody on the list a seat, with the packed plugin and the generated SDK", async () => {
    simulator.org.claim("on_call", bob);
    await stack.succeeds(
      ...install.map((argument) => argument.replace(/^provider\//, `${repository}/provider/`)),
    );
    const outputs: Record<string, string> = {};
    for (const [command = "", ...args] of commands) {
      const yes = command === "up" ? ["--yes"] : [];
      outputs[command] = await stack.succeeds(command, ...args, ...yes);
    }
    expect(outputs.preview).to.include("2 to create").and.include("bob");
    expect(simulator.org.holders("on_call")).to.deep.equal([alice, bob]);
    expect(JSON.parse(outputs.stack ?? "")).to.deep.equal(["alice@example.com", "bob@example.com"]);
    expect(await stack.preview()).to.include("3 unchanged");

    await stack.destroy();
    expect(simulator.org.holders("on_call")).to.deep.equal([]);
  });
});
