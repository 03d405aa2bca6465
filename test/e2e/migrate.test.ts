import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { EntryPoint } from "../../provider/src/cli/entryPoints";
import { addPlugin } from "../../scripts/pulumi-cli/plugin";
import { Simulator } from "../../simulator/src";
import { datadogSeats } from "../support/command";
import { configurationFor } from "../support/connection";
import { user, users } from "../support/ids";
import { shellCommands } from "../support/markdown";
import { TestStack } from "../support/stack";

const page = "docs/moving-stacks.md";
const intruder = user(10);

interface State {
  readonly deployment: { readonly resources: { readonly urn: string; readonly type: string }[] };
}

/** What a run of the program makes anew. */
const OF_RUN = [
  "created",
  "modified",
  "sourcePosition",
  "stackTrace",
  "propertyDependencies",
  "provider",
];

/** The resources by URN, without what a run of the program makes anew, and without what was encrypted anew. */
function comparable({ deployment }: State): Record<string, object> {
  const resources = deployment.resources.filter(({ type }) => !type.startsWith("pulumi:"));
  const text = JSON.stringify(
    resources.map((resource) => [resource.urn, resource]),
    (key, value) => (key === "ciphertext" || OF_RUN.includes(key) ? undefined : value),
  );
  return Object.fromEntries(JSON.parse(text));
}

// One story of one stack, in the order of the tests.
describe("a stack that `datadog-seats migrate` moves", () => {
  let simulator: Simulator;
  let stack: TestStack;

  before(async () => {
    simulator = await Simulator.start();
    for (const id of users(10)) simulator.org.addUser(id);
    for (const product of ["incident_response", "example_product", "other_product"]) {
      simulator.org.product(product);
    }
    simulator.org.claim("on_call", user(9));
    stack = await TestStack.create(simulator, { program: "test/e2e/moving" });
    addPlugin(stack.folder);
    await stack.moveKeysToConfiguration();
    program("dynamic");
    await stack.up();
  });
  after(async () => {
    stack.remove();
    await simulator.stop();
  });

  const program = (entryPoint: EntryPoint) => {
    const text = `import outputs = require("./${entryPoint}");\nexport = outputs;\n`;
    writeFileSync(join(stack.folder, "index.ts"), text);
  };
  const exported = async () => JSON.parse(await stack.exported()) as State;
  const migrated = async (state: object, to: EntryPoint) => {
    const stdin = JSON.stringify(state);
    const { code, stdout, stderr } = await datadogSeats(["migrate", "--to", to], { stdin });
    expect(code, stderr).to.equal(0);
    return JSON.parse(stdout) as State;
  };

  /** Moves the stack as the page tells it, and the program. */
  async function move(to: EntryPoint): Promise<void> {
    const { folder } = stack;
    const [exporting = [], importing = []] = shellCommands("pulumi", [page]);
    const command = shellCommands("npx datadog-seats", [page]).find((args) => args.includes(to));
    await stack.succeeds(...exporting);
    const { code, stdout, stderr } = await datadogSeats(command ?? [], { folder });
    expect(code, stderr).to.equal(0);
    writeFileSync(join(folder, "after.json"), stdout);
    await stack.succeeds(...importing);
    program(to);
    simulator.clearRequests();
  }

  function expectNoWrite(): void {
    expect(simulator.requests.filter(({ method }) => method !== "GET")).to.deep.equal([]);
  }

  it("is brought back as it was by a second rewrite", async () => {
    const state = await exported();
    const there = await migrated(state, "native");
    expect(await migrated(there, "dynamic")).to.deep.equal(state);
  });

  it("has no diff and sends no write on the plugin, and the state that the plugin writes", async () => {
    await move("native");
    for (const [key, value] of Object.entries(configurationFor(simulator))) {
      const kind = key.endsWith("Key") ? "--secret" : "--plaintext";
      await stack.succeeds("config", "set", kind, key.replace("datadog:", "datadog-seats:"), value);
    }
    const imported = await exported();
    await stack.preview("--expect-no-changes");
    await stack.up("--expect-no-changes");
    expectNoWrite();
    expect(comparable(await exported())).to.deep.equal(comparable(imported));
  });

  it("has no diff and sends no write on the way back, after a refresh", async () => {
    await stack.refresh("--expect-no-changes");
    await move("dynamic");
    await stack.preview("--expect-no-changes");
    await stack.up("--expect-no-changes");
    expectNoWrite();
  });

  it("still removes on the plugin what a refresh had found on the dynamic provider", async () => {
    simulator.org.claim("example_product", intruder);
    await stack.refresh();
    await move("native");
    expect(await stack.preview("--diff")).to.match(/1 to update\n +\d+ unchanged/);
    await stack.up();
    expect(simulator.requests.filter(({ method }) => method !== "GET")).to.have.length(1);
    expect(simulator.org.holders("example_product")).to.deep.equal([user(5), user(6)]);
    await stack.preview("--refresh", "--expect-no-changes");
  });
});
