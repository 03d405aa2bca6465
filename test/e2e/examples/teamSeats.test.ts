import { expect } from "chai";
import { Simulator } from "../../../simulator/src";
import { exampleReadme, readmeCommands } from "../../support/example";
import { user } from "../../support/ids";
import { TestStack } from "../../support/stack";

const alice = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
const bob = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

/** The README's preview, whatever the order of the resources. */
function expectShown(output: string) {
  const [, shown = ""] = /^```\n(Diagnostics:\n.*?)^```$/ms.exec(exampleReadme("team-seats")) ?? [];
  const blocks = shown.trim().split("\n\n");
  expect(blocks).to.have.lengthOf(5);
  for (const block of blocks) expect(output).to.include(block.replace("Diagnostics:\n", ""));
}

describe("examples/team-seats", () => {
  let simulator: Simulator;
  let stack: TestStack;

  beforeEach(async () => {
    simulator = await Simulator.start();
    simulator.org.addUser(alice, { email: "alice@example.com" });
    simulator.org.addUser(bob, { email: "bob@example.com" });
    for (const product of ["on_call", "incident_response"]) simulator.org.product(product);
    stack = await TestStack.create(simulator, { program: "examples/team-seats" });
  });
  afterEach(async () => {
    stack.remove();
    await simulator.stop();
  });

  it("gives every member a seat of every product, up to the limit", async () => {
    simulator.org.claim("on_call", bob, new Date("2026-01-02T03:04:05Z"));
    const [, ...commands] = readmeCommands("team-seats", "pulumi");
    for (const args of commands) {
      const output = await stack.succeeds(...args, ...(args[0] === "up" ? ["--yes"] : []));
      if (args[0] === "preview") expectShown(output);
    }
    for (const product of ["on_call", "incident_response"]) {
      expect(simulator.org.holders(product)).to.deep.equal([alice, bob]);
    }

    simulator.clearRequests();
    for (const [n, email] of ["carol@example.com", "dave@example.com"].entries()) {
      simulator.org.addUser(user(3 + n), { email });
      await stack.succeeds("config", "set", "--path", `members[${2 + n}]`, email);
    }
    const [, refusal = ""] = /`(The team .*?)`/s.exec(exampleReadme("team-seats")) ?? [];
    expect(await stack.fails("up", "--yes")).to.include(refusal.replace("\n", " "));
    await stack.succeeds("config", "set", "--path", "members[3]", "crol@example.com");
    const typo = await stack.fails("preview");
    expect(typo)
      .to.include("error: Could not find the users of 1 of 4 emails:")
      .and.include('"crol@example.com" (did you mean "carol@example.com"?)')
      .and.not.match(/\n\s+at /);
    expect(simulator.requests.filter(({ url }) => url.includes("/seats/"))).to.deep.equal([]);
  });
});
