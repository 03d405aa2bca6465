import { expect } from "chai";
import { user } from "../support/ids";
import { stackHarness } from "../support/stackHarness";

const seat = (name: string, n: number, more = {}) => ({
  name,
  productCode: "on_call",
  userId: user(n),
  ...more,
});

describe("what Pulumi's own options make of a seat, in a preview", () => {
  const ctx = stackHarness();

  it("is compared with other resources: a seat that ignoreChanges keeps is refused elsewhere", async () => {
    await ctx.stack.declare(seat("alice", 1));
    await ctx.stack.up();
    await ctx.stack.declare(seat("alice", 2, { ignoreChanges: ["userId"] }), seat("other", 1));
    const output = await ctx.stack.fails("preview");
    expect(output).to.match(
      new RegExp(
        `"(alice|other)" and "(alice|other)" both declare the on_call seat of user ${user(1)}`,
      ),
    );
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal([user(1)]);
  });

  for (const option of ["transforms", "transformations"]) {
    it(`is compared with other resources: a seat that ${option} make of another is refused`, async () => {
      await ctx.stack.declare(seat("alice", 1), seat("other", 2, { [option]: user(1) }));
      expect(await ctx.stack.fails("preview")).to.match(
        /"(alice|other)" and "(alice|other)" both declare the on_call seat/,
      );
    });
  }

  it("is refused for `import`, with what to do instead", async () => {
    await ctx.stack.declare(seat("alice", 1, { import: `on_call/${user(1)}` }));
    const output = await ctx.stack.fails("preview");
    expect(output).to.include(
      "The option `import` of the SeatAssignment \"alice\" can't work: Pulumi's dynamic providers don't import",
    );
    expect(output).to.include("run `pulumi up`, which adopts a seat that is held already.");
  });
});
