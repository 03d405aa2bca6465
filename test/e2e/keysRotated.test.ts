import { expect } from "chai";
import { user } from "../support/ids";
import { stackHarness } from "../support/stackHarness";

const alice = { name: "alice", productCode: "on_call", userId: user(1) };
const update = ["--yes", "--skip-preview"];

// An `up` whose program registers no resource of this package uses the keys that the state holds.
describe("keys of the configuration that were rotated before the last seat left the program", () => {
  const ctx = stackHarness({ shared: true });

  async function rotate(n: number) {
    const keys = { apiKey: `rotated-api-key-${n}`, appKey: `rotated-app-key-${n}` };
    Object.assign(ctx.simulator.keys, keys);
    await ctx.stack.configure();
  }

  async function expectUnassigned() {
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal([]);
    expect(await ctx.stack.owned()).to.deep.equal([]);
  }

  before(async () => {
    await ctx.stack.moveKeysToConfiguration();
    await ctx.stack.declare(alice);
    await ctx.stack.up();
    await rotate(1);
    await ctx.stack.declare();
  });

  it("up fails, keeps the seat and names the way out: to declare it again for one more up", async () => {
    for (const options of [[], ["--refresh"], ["--refresh", "--run-program"]]) {
      const output = await ctx.stack.fails("up", ...update, ...options);
      expect(output)
        .to.include("responded with 403")
        .and.include("declare one again for that, and run `pulumi up` once more without it");
    }
    await ctx.stack.fails("destroy", ...update, "--run-program");
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal([user(1)]);
    expect(await ctx.stack.owned()).to.deep.equal([`alice on_call/${user(1)}`]);

    await ctx.stack.declare(alice);
    await ctx.stack.up();
    await ctx.stack.declare();
    await ctx.stack.up();
    await expectUnassigned();
  });

  it("up uses today's keys as soon as the program has a resource of this package, such as a roster of nobody", async () => {
    await ctx.stack.declare(alice);
    await ctx.stack.up();
    await rotate(2);
    await ctx.stack.declare();
    await ctx.stack.declareRosters({ name: "nobody", productCode: "on_call", members: {} });
    await ctx.stack.up();
    await expectUnassigned();
    await ctx.stack.declareRosters();
    await ctx.stack.up();
  });
});
