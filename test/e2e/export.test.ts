import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { Simulator } from "../../simulator/src";
import { datadogSeats } from "../support/command";
import { pointingAt } from "../support/connection";
import { user, users } from "../support/ids";
import { TestStack } from "../support/stack";

describe("an org of 300 seats, exported and brought up", () => {
  let simulator: Simulator;
  let stack: TestStack;
  const command = async (...args: string[]) => {
    const { code, stdout } = await datadogSeats(args, { environment: pointingAt(simulator) });
    return { code, stdout };
  };

  /** Makes the stack reach the simulator as that org, and by no other way. */
  const configureOnly = async (name: string) => {
    for (const variable of ["DD_HOST", "DD_API_KEY", "DD_APP_KEY"]) {
      delete stack.environment[variable];
    }
    await stack.configureOrg(name, simulator);
  };

  beforeEach(async () => {
    simulator = await Simulator.start();
    for (const [n, id] of users(298).entries()) {
      simulator.org.addUser(id, { email: `user.${n}+seat@example.com` });
    }
    simulator.org.addUser(user(299), { email: "user.1+seat@example.com" });
    simulator.org.addUser(user(300), { email: `\`\${o'hara}"\\@example.com` });
    for (const id of users(300)) simulator.org.claim("on_call", id);
    stack = await TestStack.create(simulator);
  });
  afterEach(async () => {
    stack.remove();
    await simulator.stop();
  });

  for (const [what, resources, options, org] of [
    ["as a roster", 1, [], []],
    ["as a roster that looks its people up", 1, ["--by", "email"], []],
    ["as an exclusive roster", 1, ["--exclusive", "--name", "everybody"], []],
    ["as assignments", 300, ["--as", "assignments"], []],
    ["as a roster in a named org", 1, [], ["--org", "eu"]],
  ] as const) {
    it(`is owned ${what}, without a write and without drift`, async () => {
      const exporting = ["export", "--product", "on_call", ...options, ...org];
      const { code, stdout } = await command(...exporting);
      expect(code).to.equal(0);
      writeFileSync(join(stack.folder, "index.ts"), stdout);
      if (org.length > 0) await configureOnly("eu");
      await stack.up();
      expect(await stack.resources()).to.have.length(resources);
      await stack.preview("--refresh", "--expect-no-changes");

      expect(simulator.requests.filter(({ method }) => method !== "GET")).to.deep.equal([]);
      expect(simulator.org.holders("on_call")).to.deep.equal(users(300));
      const state = join(stack.folder, "state.json");
      writeFileSync(state, await stack.exported());
      const unmanaged = ["unmanaged", "-p", "on_call", "--json", "--state", state, ...org];
      expect(await command(...unmanaged)).to.deep.equal({ code: 0, stdout: "[]\n" });
      expect((await command(...exporting)).stdout).to.equal(stdout);
    });
  }
});
