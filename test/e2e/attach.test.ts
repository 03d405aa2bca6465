// Two stacks of the real CLI on one process of the native plugin.
import { expect } from "chai";
import { attachedPluginHarness } from "../support/attachedPlugin";
import { user, users } from "../support/ids";
import { TestStack } from "../support/stack";

const seats = (...numbers: number[]) =>
  numbers.map((n) => ({ name: `seat-${n}`, productCode: "on_call", userId: user(n) }));

describe("two stacks on one process of the native plugin", () => {
  const ctx = attachedPluginHarness({ keysInEnvironment: true });
  let one: TestStack;
  let two: TestStack;

  beforeEach(async () => {
    // Their own environment has no keys: only the process that they attach to has.
    const options = { entryPoint: "plugin", keysInEnvironment: false } as const;
    one = await TestStack.create(ctx.simulator, options);
    two = await TestStack.inFolder(ctx.simulator, one.folder, { ...options, name: "two" });
    const [name = "", value] = ctx.plugin.firstLine.split("=");
    for (const stack of [one, two]) stack.environment[name] = value;
  });
  afterEach(() => one.remove());

  const requests = (method: string) =>
    ctx.simulator.requests.filter((request) => request.method === method);
  const sent = (method: string) => requests(method).flatMap(({ userIds }) => [...userIds]);

  it("own the seats of their own programs, change nothing when nothing changed, and remove no other's", async () => {
    await one.declare(...seats(1, 2, 3));
    await two.declare(...seats(4, 5));
    await Promise.all([one.up(), two.up()]);
    expect(sent("POST").sort()).to.deep.equal(users(5));
    expect(requests("GET").length).to.be.within(1, 2);
    const owned = (...numbers: number[]) => numbers.map((n) => `seat-${n} on_call/${user(n)}`);
    expect(await one.owned()).to.deep.equal(owned(1, 2, 3));
    expect(await two.owned()).to.deep.equal(owned(4, 5));

    ctx.simulator.clearRequests();
    await Promise.all([one.up("--refresh"), two.up("--refresh")]);
    expect(ctx.simulator.requests.map(({ method }) => method)).to.deep.equal(
      requests("GET").map(() => "GET"),
    );
    expect(requests("GET").length).to.be.within(1, 2);

    await Promise.all([one.destroy(), two.up()]);
    expect(sent("DELETE").sort()).to.deep.equal(users(3));
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal([user(4), user(5)]);
  });
});
