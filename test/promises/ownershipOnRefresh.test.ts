import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { user, users } from "../support/ids";
import { inProduct, type ShortProgram, seatsOf } from "../support/shortProgram";
import { stackHarness } from "../support/stackHarness";

const held = users(6);
const [alice, bob, carol] = [user(1), user(2), user(3)];
const [dave, erin, frank] = [user(4), user(5), user(6)];

/** A member leaves a roster that stays, a seat and a roster get new names, and a seat goes to a roster. */
const first: ShortProgram = {
  team: { alice, bob },
  days: { dave, erin },
  carol,
  frank,
};
const second: ShortProgram = {
  team: { alice },
  nights: { dave, erin },
  franks: { frank },
  bob,
  renamed: carol,
};

describe("ownership when a run refreshes first", () => {
  const ctx = stackHarness({ users: 6, shared: true });

  /** @param existing of the resources that are new */
  async function declare(program: ShortProgram, existing: "adopt" | "reject" = "adopt") {
    const { seats, rosters } = inProduct("on_call", program);
    const isNew = ({ name }: { name: string }) => !(name.replace("on_call-", "") in first);
    const careful = <Resource extends { name: string }>(one: Resource) =>
      isNew(one) ? { ...one, existing } : one;
    await ctx.stack.declare(...seats.map(careful));
    await ctx.stack.declareRosters(...rosters.map(careful));
    ctx.simulator.clearRequests();
  }

  async function expectOwned(program: ShortProgram) {
    expect(ctx.writes()).to.deep.equal([]);
    expect(ctx.simulator.org.holders("on_call")).to.deep.equal(held);
    expect(await ctx.stack.owned()).to.deep.equal(seatsOf("on_call", program));
  }

  before(async () => {
    await declare(first);
    await ctx.stack.up();
  });

  for (const options of [
    ["--refresh"],
    ["--refresh", "--continue-on-error"],
    ["--refresh", "--run-program", "--continue-on-error"],
  ]) {
    it(`seats whose new resources are refused stay with the old ones: up ${options.join(" ")}`, async () => {
      await declare(second, "reject");
      const output = await ctx.stack.fails("up", "--yes", "--skip-preview", ...options);
      expect(output).to.include('`existing` is "reject"');
      await expectOwned(first);
    });
  }

  it("seats go over to their new resources, and back, also in a project that always refreshes", async () => {
    await declare(second);
    await ctx.stack.up("--refresh", "--run-program");
    await expectOwned(second);
    appendFileSync(join(ctx.stack.folder, "Pulumi.yaml"), "options:\n  refresh: always\n");
    await declare(first);
    await ctx.stack.up();
    await expectOwned(first);
    await ctx.stack.preview("--expect-no-changes");
  });
});
