import { expect } from "chai";
import { user } from "../support/ids";
import { stage } from "../support/stage";

const alice = { name: "alice", productCode: "on_call", userId: user(1) };
const update = ["--yes", "--skip-preview"];

// An `up` whose program registers no resource of this package uses the keys that the state holds.
describe("keys of the configuration that were rotated before the last seat left the program", () => {
  const on = stage();

  beforeEach(async () => {
    await on.stack.moveKeysToConfiguration();
    await on.stack.declare(alice);
    await on.stack.up();
    Object.assign(on.simulator.keys, { apiKey: "rotated-api-key", appKey: "rotated-app-key" });
    await on.stack.configure();
    await on.stack.declare();
  });

  async function expectUnassigned() {
    expect(on.simulator.org.holders("on_call")).to.deep.equal([]);
    expect(await on.stack.owned()).to.deep.equal([]);
  }

  it("up fails, keeps the seat and names the way out: to declare it again for one more up", async () => {
    for (const options of [[], ["--refresh", "--run-program"]]) {
      const output = await on.stack.fails("up", ...update, ...options);
      expect(output)
        .to.include("responded with 403")
        .and.match(/declare .*again/i);
    }
    expect(on.simulator.org.holders("on_call")).to.deep.equal([user(1)]);
    expect(await on.stack.owned()).to.deep.equal([`alice on_call/${user(1)}`]);

    await on.stack.declare(alice);
    await on.stack.up();
    await on.stack.declare();
    await on.stack.up();
    await expectUnassigned();
  });

  it("up uses today's keys as soon as the program has a resource of this package, such as a roster of nobody", async () => {
    await on.stack.declareRosters({ name: "nobody", productCode: "on_call", members: {} });
    await on.stack.up();
    await expectUnassigned();
    await on.stack.declareRosters();
    await on.stack.up();
  });

  it("destroy --run-program uses today's keys while the program declares the seat", async () => {
    await on.stack.fails("destroy", ...update, "--run-program");
    await on.stack.declare(alice);
    await on.stack.destroy("--run-program");
    await expectUnassigned();
  });
});
