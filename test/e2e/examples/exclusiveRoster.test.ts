import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { Simulator } from "../../../simulator/src";
import { exampleReadme, readmeCommands } from "../../support/example";
import { TestStack } from "../../support/stack";

const people = {
  "alice@example.com": "3fa85f64-5717-4562-b3fc-2c963f66afa6",
  "bob@example.com": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
  "mallory@example.com": "550e8400-e29b-41d4-a716-446655440000",
};
const {
  "alice@example.com": alice,
  "bob@example.com": bob,
  "mallory@example.com": mallory,
} = people;
const example = "exclusive-roster";
const command = join(__dirname, "..", "..", "..", "provider", "bin", "pulumi-datadog-seats.js");

describe("examples/exclusive-roster", () => {
  let simulator: Simulator;
  let stack: TestStack;
  const [, up = [], drift = [], repair = []] = readmeCommands(example, "pulumi");

  beforeEach(async () => {
    simulator = await Simulator.start();
    for (const [email, id] of Object.entries(people)) simulator.org.addUser(id, { email });
    simulator.org.claim("on_call", alice);
    stack = await TestStack.create(simulator, { program: `examples/${example}` });
  });
  afterEach(async () => {
    stack.remove();
    await simulator.stop();
  });

  it("fails in CI when a stranger has claimed a seat and a member has lost one, and says who", async () => {
    await stack.succeeds(...up, "--yes", "--skip-preview");
    expect(simulator.org.holders("on_call")).to.deep.equal([alice, bob]);
    await stack.succeeds(...drift);

    simulator.org.claim("on_call", mallory);
    simulator.org.unassign("on_call", bob);
    const both = await stack.pulumi(...drift);
    // As the README shows it.
    const [shown = ""] =
      /^ {4}~ .*? {8}productCode: "on_call"$/ms.exec(exampleReadme(example)) ?? [];
    expect(both.output.replaceAll("pulumi:test::", "pulumi:org::")).to.include(shown);
    expect(both.output)
      .to.match(plannedFor("-", "mallory@example.com", mallory))
      .and.match(plannedFor("+", "bob@example.com", bob));
    expect(both.code).to.equal(7);

    await stack.succeeds(...repair, "--yes");
    expect(simulator.org.holders("on_call")).to.deep.equal([alice, bob]);
    await stack.succeeds(...drift);
  });

  it("begins as what is there today, and is not destroyed by mistake", async () => {
    const [, listing = ""] =
      /^(npx pulumi-datadog-seats list .*?seats\.json)$/ms.exec(exampleReadme(example)) ?? [];
    const shell = listing.replace("npx pulumi-datadog-seats", `node '${command}'`);
    const { folder: cwd, environment: env } = stack;
    await promisify(execFile)("sh", ["-c", shell], { cwd, env });
    const seats = readFileSync(join(stack.folder, "seats.json"), "utf8");
    expect(JSON.parse(seats)).to.deep.equal(["alice@example.com"]);
    await stack.succeeds(...up, "--yes", "--skip-preview");
    expect(simulator.count("POST")).to.equal(0);

    expect(await stack.fails("destroy", "--yes", "--skip-preview")).to.include("protected");
    expect(simulator.org.holders("on_call")).to.deep.equal([alice]);
  });
});

/** A line of what an `up` would do, which comes after what the refresh has seen. */
const plannedFor = (sign: string, email: string, id: string) =>
  new RegExp(`\\(update\\).*\\${sign} ${email} *: "${id}"`, "s");
