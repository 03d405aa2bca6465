import { expect } from "chai";
import { user } from "../support/ids";
import { stackHarness } from "../support/stackHarness";

const seat = (name: string, n: number) => ({ name, productCode: "on_call", userId: user(n) });
const quietly = ["--yes", "--skip-preview"];

describe("errors and notes, with the real Pulumi CLI", () => {
  const ctx = stackHarness();

  const diagnostics = (output: string) => output.split("Diagnostics:")[1] ?? "";
  const count = (text: string, part: string) => text.split(part).length - 1;

  it("a refresh and a destroy print each failure once, and refer to it for everything else that it affects", async () => {
    await ctx.stack.declare(seat("alice", 1), seat("bob", 2));
    await ctx.stack.up();
    ctx.simulator.keys.permissions = [];
    for (const command of ["refresh", "destroy"]) {
      const output = await ctx.stack.fails(command, ...quietly);
      expect(count(diagnostics(output), "responded with 403"), output).to.equal(1);
      expect(count(diagnostics(output), "another error of this run says why"), output).to.equal(1);
      expect(output).to.not.match(/Seats(Api)?Error/);
    }
  });

  it("a lookup that fails and a roster that is refused are told once", async () => {
    await ctx.stack.declare({ ...seat("carol", 3), get: true });
    const lookup = await ctx.stack.fails("preview");
    expect(count(diagnostics(lookup), "holds no on_call seat"), lookup).to.equal(1);

    await ctx.stack.declare();
    const team = { name: "team", productCode: "on_call" };
    await ctx.stack.declareRosters({ ...team, members: { alice: user(1) } });
    await ctx.stack.up();
    await ctx.stack.declareRosters({ ...team, members: {} });
    const emptied = await ctx.stack.fails("preview");
    expect(count(diagnostics(emptied), "leave none, which needs a `maxRemovals`")).to.equal(1);
  });

  it("an adopted seat says so on its own row", async () => {
    ctx.simulator.org.claim("on_call", user(1));
    await ctx.stack.declare({ ...seat("alice", 1), component: "team" });
    expect(diagnostics(await ctx.stack.up())).to.match(
      /SeatAssignment \(alice\):\n\s+Adopted the on_call seat that user/,
    );
  });

  it("--run-program is advised where it was not used, and not where it was", async () => {
    await ctx.stack.moveKeysToConfiguration();
    await ctx.stack.declare(seat("alice", 1));
    await ctx.stack.up();
    ctx.simulator.keys.appKey = "rotated-application-key";
    expect(await ctx.stack.fails("refresh", ...quietly)).to.include("with --run-program");
    expect(await ctx.stack.fails("refresh", ...quietly, "--run-program"))
      .to.include("responded with 403")
      .and.not.include("--run-program");
  });
});
