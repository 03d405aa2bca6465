// A stack that version 0.1.0 brought up, in the hands of today's code.
//
// The fixture is what `pulumi stack export` wrote with 0.1.0 and the CLI 3.248.0, of the program in test/e2e/program:
//   1. `up` of the seat "refreshed" and the exclusive roster; user 8 claims a seat of the roster's product; `refresh`;
//   2. user 2 claims an on_call seat; `up` of all that is declared below but the exclusive roster, by `--target`.
// The keys were `pulumi config set --secret`, with the passphrase of scripts/pulumi-cli/environment.ts.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { Simulator } from "../../simulator/src";
import { user, users } from "../support/ids";
import { TestStack } from "../support/stack";

const fixture = join(__dirname, "fixtures", "state-0.1.0.json");
const assigned = new Date("2026-01-05T09:00:00.000Z");
/** What the stack owns, by product: 5 assignments, a plain roster and an exclusive one. */
const owned = {
  on_call: users(5),
  incident_response: [user(1), user(7)],
  example_product: [user(6)],
};
/** Not the stack's; the exclusive roster's state names it as one to be removed. */
const intruder = user(8);
const other = user(9);

const seat = (name: string, n: number) => ({ name, productCode: "on_call", userId: user(n) });
const seats = [
  seat("refreshed", 4),
  seat("plain", 1),
  seat("adopted", 2),
  { ...seat("careful", 3), existing: "reject" as const },
  { ...seat("in-component", 5), component: "team" },
];
const members = (...numbers: number[]) =>
  Object.fromEntries(numbers.map((n) => [`user-${n}@example.com`, user(n)]));
const rosters = [
  { name: "exclusive", productCode: "example_product", members: members(6), exclusive: true },
  { name: "roster", productCode: "incident_response", members: members(1, 7) },
];

describe("the state of a stack that 0.1.0 wrote", () => {
  let simulator: Simulator;
  let stack: TestStack;

  beforeEach(async () => {
    simulator = await Simulator.start();
    for (const n of [1, 2, 3, 4, 5, 6, 7, 8, 9]) {
      simulator.org.addUser(user(n), { email: `user-${n}@example.com`, name: `User ${n}` });
    }
    for (const [product, holders] of Object.entries(owned)) {
      for (const id of holders) simulator.org.claim(product, id, assigned);
    }
    simulator.org.claim("example_product", intruder, assigned);
    for (const product of ["on_call", "incident_response"]) {
      simulator.org.claim(product, other, assigned);
    }
    // The keys are those of the state: a refresh and a destroy have no others.
    stack = await TestStack.create(simulator, { keysInEnvironment: false });
    stack.environment.DD_HOST = simulator.url;
    const { deployment } = JSON.parse(readFileSync(fixture, "utf8")) as {
      deployment: { secrets_providers: { state: { salt: string } } };
    };
    const { salt } = deployment.secrets_providers.state;
    writeFileSync(join(stack.folder, "Pulumi.test.yaml"), `encryptionsalt: ${salt}\n`);
    await stack.succeeds("stack", "import", "--file", fixture);
  });
  afterEach(async () => {
    stack.remove();
    await simulator.stop();
  });

  /** The program of the stack, and the configuration that it had. */
  async function declare(): Promise<void> {
    const { apiKey, appKey } = simulator.keys;
    await stack.setSecrets({ "datadog:apiKey": apiKey, "datadog:appKey": appKey });
    await stack.declare(...seats);
    await stack.declareRosters(...rosters);
  }

  /** The users of all DELETEs, by product. */
  function removed(): Record<string, string[]> {
    const users: Record<string, string[]> = {};
    for (const { method, productCode = "", userIds } of simulator.requests) {
      if (method === "DELETE") users[productCode] = [...(users[productCode] ?? []), ...userIds];
      else expect(method).to.equal("GET");
    }
    return Object.fromEntries(Object.entries(users).map(([code, ids]) => [code, ids.sort()]));
  }

  it("is previewed, refreshed and brought up to date without another change than the removal that its refresh had found", async () => {
    await declare();
    expect(await stack.preview("--diff"))
      .to.match(/- user-8@example\.com *: "[^"]*8"/)
      .and.include("~ 1 to update\n    8 unchanged");

    const before = await stack.seats();
    await stack.refresh();
    const after = await stack.seats();
    expect(after.map(({ urn, id }) => [urn, id])).to.have.deep.members(
      before.map(({ urn, id }) => [urn, id]),
    );
    for (const { type, urn, id, outputs } of after) {
      const old = before.find((seat) => seat.urn === urn)?.outputs;
      const n = Number(id?.slice(-1));
      const found = {
        email: `user-${n}@example.com`,
        name: `User ${n}`,
        assignedAt: assigned.toISOString(),
      };
      expect(outputs).to.deep.equal(type.endsWith("SeatRoster") ? old : { ...old, ...found });
    }
    expect(removed()).to.deep.equal({});

    await stack.up();
    expect(removed()).to.deep.equal({ example_product: [intruder] });
    await stack.preview("--refresh", "--expect-no-changes");
  });

  it("is destroyed with exactly the seats that it owns", async () => {
    await stack.destroy();
    expect(removed()).to.deep.equal(owned);
    expect(await stack.seats()).to.deep.equal([]);
    expect(simulator.org.holders("on_call")).to.deep.equal([other]);
    expect(simulator.org.holders("incident_response")).to.deep.equal([other]);
    expect(simulator.org.holders("example_product")).to.deep.equal([intruder]);
  });
});
