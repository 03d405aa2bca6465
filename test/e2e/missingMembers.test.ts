import { expect } from "chai";
import { Simulator } from "../../simulator/src";
import { user, users } from "../support/ids";
import { TestStack } from "../support/stack";

const SEEN_IN_A_PREVIEW = [
  "undefined_output",
  "null_output",
  "undefined_promise",
  "undefined_in_output",
  "undefined_in_promise",
  "output_in_output",
];
const everywhere = [...SEEN_IN_A_PREVIEW, "late"];
const [alice, bob] = [user(1), user(2)];

// The SDK drops a member whose value is undefined, and who is dropped loses the seat.
describe("a member who is missing from a roster's members", () => {
  let simulator: Simulator;
  let stack: TestStack;

  // One stack for all: nothing may change it.
  before(async () => {
    simulator = await Simulator.start();
    for (const id of users(3)) simulator.org.addUser(id);
    for (const product of ["on_call", ...everywhere]) simulator.org.product(product);
    stack = await TestStack.create(simulator, { program: "test/e2e/missingMembers" });
    await stack.up();
    simulator.clearRequests();
  });
  after(async () => {
    stack.remove();
    await simulator.stop();
  });

  /** What an `up` prints in which members are missing. */
  async function up(missing: "preview" | "update"): Promise<string> {
    stack.set({ "missing-members:missing": missing });
    const output = await stack.fails("up", "--yes");
    for (const product of everywhere) {
      expect(simulator.org.holders(product)).to.deep.equal([alice, bob]);
    }
    const rosters = (await stack.seats()).filter(({ type }) => type.endsWith("SeatRoster"));
    for (const { outputs } of rosters) expect(outputs?.members).to.deep.equal({ alice, bob });
    expect(rosters).to.have.lengthOf(everywhere.length);
    expect(output).to.not.match(/\n\s+at /);
    return output;
  }

  it("fails the preview of an up with the member's label, and nothing is sent", async () => {
    const output = await up("preview");
    expect(output).to.not.include("Updating (");
    for (const name of SEEN_IN_A_PREVIEW) {
      expect(output).to.match(new RegExp(`The member "bob" of the SeatRoster "${name}" is \\w+:`));
    }
    expect(simulator.count()).to.equal(0);
  });

  it("fails the update where the preview could not know, and nothing is unassigned", async () => {
    expect(await up("update"))
      .to.include("Updating (")
      .and.include('The member "bob" of the SeatRoster "late" is undefined:');
    expect(simulator.count("DELETE")).to.equal(0);
  });
});
