import { readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect } from "chai";
import { languageHost } from "../../../scripts/pulumi-cli/goTools";
import { anyPulumiBin } from "../../../scripts/pulumi-cli/install";
import { addExecutable } from "../../../scripts/pulumi-cli/plugin";
import { Simulator } from "../../../simulator/src";
import { readmeCommands } from "../../support/example";
import { codeBlocks } from "../../support/markdown";
import { skip } from "../../support/skip";
import { TestStack } from "../../support/stack";

const people = {
  "alice@example.com": "3fa85f64-5717-4562-b3fc-2c963f66afa6",
  "bob@example.com": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
};
const [alice, bob] = Object.values(people) as [string, string];

describe("examples/yaml", () => {
  let simulator: Simulator;
  let stack: TestStack;

  before(async function () {
    // What Go has to build takes minutes on a new machine.
    this.timeout(1_200_000);
    let host: string;
    try {
      host = await languageHost("YAML", await anyPulumiBin());
    } catch (error) {
      skip(this, (error as Error).message);
    }
    simulator = await Simulator.start();
    for (const [email, id] of Object.entries(people)) simulator.org.addUser(id, { email });
    for (const product of ["on_call", "incident_response"]) simulator.org.product(product);
    stack = await TestStack.create(simulator, { program: "examples/yaml" });
    addExecutable(join(stack.folder, "node_modules", ".bin"));
    const { PATH = "" } = stack.environment;
    stack.environment.PATH = [host, PATH].join(delimiter);
  });
  after(async () => {
    stack?.remove();
    await simulator?.stop();
  });

  it("gives the team its seats, and shows no change afterwards", async () => {
    simulator.org.claim("on_call", bob);
    const outputs: Record<string, string> = {};
    for (const [command = "", ...args] of readmeCommands("yaml", "pulumi").slice(1)) {
      const yes = command === "up" ? ["--yes", "--skip-preview"] : [];
      outputs[command] = await stack.succeeds(command, ...args, ...yes);
    }
    expect(outputs.preview).to.include(
      "+ alice@example.com (will be assigned), + bob@example.com (will be adopted)",
    );
    expect(JSON.parse(outputs.stack ?? "")).to.deep.equal(people);
    expect(simulator.org.holders("on_call")).to.deep.equal([alice, bob]);
    expect(simulator.org.holders("incident_response")).to.deep.equal([alice]);
    await stack.preview("--expect-no-changes");

    await stack.destroy();
    expect(simulator.org.holders("on_call")).to.deep.equal([]);
  });

  it("can have explicit providers as docs/native-plugin.md shows", async () => {
    const [resources = "", ...others] = codeBlocks("yaml", ["docs/native-plugin.md"]).filter(
      (block) => block.includes("resources:"),
    );
    expect(others).to.deep.equal([]);
    const file = join(stack.folder, "Pulumi.yaml");
    const [project = ""] = readFileSync(file, "utf8").split("variables:");
    writeFileSync(
      file,
      project + resources.replace("site: datadoghq.eu", `apiUrl: ${simulator.url}`),
    );
    const { apiKey, appKey } = simulator.keys;
    await stack.setSecrets({ euApiKey: apiKey, euAppKey: appKey });
    // No other connection is there.
    for (const name of ["DD_HOST", "DD_API_KEY", "DD_APP_KEY"]) delete stack.environment[name];
    simulator.org.claim("on_call", alice);
    expect(await stack.preview()).to.include(`Will adopt the on_call seat that user ${alice}`);
  });
});
