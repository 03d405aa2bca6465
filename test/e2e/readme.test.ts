import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { Simulator } from "../../simulator/src";
import { TestStack } from "../support/stack";

describe("the README", () => {
  it("shows a program that runs", async () => {
    const readme = readFileSync(join(__dirname, "..", "..", "README.md"), "utf8");
    const [, program] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
    const [userId] = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(program ?? "") ?? [];
    const simulator = await Simulator.start();
    simulator.org.addUser(String(userId));
    simulator.org.product("on_call");
    const stack = await TestStack.create(simulator);
    try {
      writeFileSync(join(stack.folder, "index.ts"), String(program));
      await stack.up();
      expect(simulator.org.holders("on_call")).to.deep.equal([userId]);
    } finally {
      stack.remove();
      await simulator.stop();
    }
  });
});
