// What the engine makes of `retainOnDelete`, and in which order it replaces all resources of a stack, is the CLI's alone.
import { expect } from "chai";
import { addPlugin } from "../../scripts/pulumi-cli/plugin";
import { Simulator } from "../../simulator/src";
import type { EntryPoint } from "../support/entryPoints";
import { user, users } from "../support/ids";
import { TestStack } from "../support/stack";

const TYPES = { dynamic: "pulumi-nodejs:dynamic/datadog:", plugin: "datadog-seats:index:" };

// One story of one stack, in the order of the tests.
describe("docs/moving-stacks.md: a stack with assignments, rosters and a team moves without a write", () => {
  let simulator: Simulator;
  let stack: TestStack;

  before(async () => {
    simulator = await Simulator.start();
    for (const id of users(6)) simulator.org.addUser(id);
    for (const product of ["incident_response", "example_product"]) simulator.org.product(product);
    simulator.org.claim("on_call", user(6));
    stack = await TestStack.create(simulator, { program: "test/e2e/moving" });
    addPlugin(stack.folder);
    declare("dynamic");
    await stack.up();
  });
  after(async () => {
    stack.remove();
    await simulator.stop();
  });

  function declare(entryPoint: EntryPoint, retained = false): void {
    stack.environment.SEATS_ENTRY_POINT = entryPoint;
    stack.environment.SEATS_RETAINED = `${retained}`;
  }
  const products = ["on_call", "incident_response", "example_product"];
  const holders = () => products.map((product) => simulator.org.holders(product));
  /** Without the names, which children of a team have from their entry point. */
  const owned = async () => (await stack.owned()).map((seat) => seat.split(" ")[1]).sort();

  async function move(from: EntryPoint, to: EntryPoint): Promise<void> {
    const before = { holders: holders(), owned: await owned() };
    expect(before.owned).to.have.lengthOf(7);
    simulator.clearRequests();
    declare(from, true);
    await stack.up();
    declare(to);
    const output = await stack.succeeds("up", "--yes");

    const rows = output.split("Updating (")[0]?.split("\n") ?? [];
    const old = rows.filter((row) => row.includes(TYPES[from]) && row.includes("delete"));
    expect(old, output).to.have.lengthOf(6);
    for (const row of old) expect(row).to.include("[retain]");

    const writes = simulator.requests.filter(({ method }) => method !== "GET");
    expect(writes).to.deep.equal([]);
    expect({ holders: holders(), owned: await owned() }).to.deep.equal(before);
    for (const { type } of await stack.seats()) expect(type).to.include(TYPES[to]);
    await stack.preview("--refresh", "--expect-no-changes");
  }

  it("to the native plugin", () => move("dynamic", "plugin"));

  it("and back", () => move("plugin", "dynamic"));
});
