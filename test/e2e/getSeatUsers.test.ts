import { expect } from "chai";
import { user } from "../support/ids";
import { stackHarness } from "../support/stackHarness";

const [alice, bob, carol] = [user(1), user(2), user(3)];
const [dave, erin, frank] = [user(4), user(5), user(6)];
const seat = (name: string, userId: string) => ({ name, productCode: "on_call", userId });
const team = (members: Record<string, string>) => ({
  ...{ name: "team", productCode: "on_call" },
  members,
});

describe("getSeatUsers, with the real Pulumi CLI", () => {
  const ctx = stackHarness({ users: 6, shared: true });
  const ask = (name: "listed" | "counted", args: object | undefined) =>
    ctx.stack.set({ [`e2e:${name}`]: args && JSON.stringify(args) });

  before(async () => {
    await ctx.stack.moveKeysToConfiguration();
    ctx.simulator.org.claim("on_call", carol);
  });

  it("finds after `dependsOn` the seats that the run has just assigned, those in components too", async () => {
    await ctx.stack.declare(seat("alice", alice), { ...seat("bob", bob), component: "sre" });
    await ctx.stack.declareRosters(team({ dave }));
    ask("listed", { productCode: "on_call" });

    // Nothing is known before the seats exist, so nothing is asked; nor are new seats looked up here.
    ctx.stack.set({ "datadogSeats:previewLookup": "false" });
    await ctx.stack.preview();
    expect(ctx.simulator.count()).to.equal(0);

    await ctx.stack.up();
    expect(ctx.stack.outputs().holders).to.deep.equal([alice, bob, carol, dave]);
  });

  it("shows in a preview, of whatever page, who holds seats before a roster of `dependsOn` grows", async () => {
    await ctx.stack.declareRosters(team({ dave, erin }));
    ctx.simulator.org.claim("on_call", frank);
    ctx.stack.set({ "datadogSeats:pageSize": "2" });
    ask("counted", { productCode: "on_call" });
    const [, outputs] = (await ctx.stack.preview("--diff")).split("--outputs:--");
    expect(outputs)
      .to.match(/count *: 5/)
      .and.include(frank)
      .and.not.include(erin);
    await ctx.stack.up();
    expect(ctx.stack.outputs().holders).to.deep.equal([alice, bob, carol, dave, erin, frank]);
  });

  for (const name of ["listed", "counted"] as const) {
    it(`fails the preview with Datadog's words and the remedy, and no stack trace: ${name}`, async () => {
      for (const each of ["listed", "counted"] as const) ask(each, undefined);
      ask(name, { productCode: "on_call" });
      ctx.simulator.keys.permissions = [];
      const failed = await ctx.stack.fails("preview");
      expect(failed)
        .to.include("error: Could not list the on_call seats:")
        .and.include("billing_read")
        .and.not.match(/\n\s+at /);
    });
  }
});
