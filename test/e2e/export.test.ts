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

  for (const [what, resources, options] of [
    ["as a roster", 1, ["--name", "everybody"]],
    ["as an exclusive roster that looks its people up", 1, ["--exclusive", "--by", "email"]],
    ["as assignments", 300, ["--as", "assignments"]],
  ] as const) {
    it(`is owned ${what}, without a write and without drift`, async () => {
      const exporting = ["export", "--product", "on_call", ...options];
      const { code, stdout } = await command(...exporting);
      expect(code).to.equal(0);
      writeFileSync(join(stack.folder, "index.ts"), stdout);
      await stack.up();
      expect(await stack.resources()).to.have.length(resources);
      await stack.preview("--refresh", "--expect-no-changes");

      expect(simulator.requests.filter(({ method }) => method !== "GET")).to.deep.equal([]);
      expect(simulator.org.holders("on_call")).to.deep.equal(users(300));
      const state = join(stack.folder, "state.json");
      writeFileSync(state, await stack.exported());
      const report = ["report", "-p", "on_call", "--only", "unmanaged,twice,missing"];
      const { code: found, stdout: text } = await command(...report, "--state", state);
      expect([found, text.trimEnd().split("\n").length]).to.deep.equal([0, 1]);
      expect((await command(...exporting)).stdout).to.equal(stdout);
    });
  }
});
