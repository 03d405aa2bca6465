import { expect } from "chai";
import { user } from "../support/ids";
import { stackHarness } from "../support/stackHarness";

const seat = (name: string, n: number) => ({ name, productCode: "on_call", userId: user(n) });
const quietly = ["--yes", "--skip-preview"];
const seats = [seat("alice", 1), seat("bob", 2)];
const team = { name: "team", productCode: "incident_response", members: { alice: user(1) } };

describe("errors and notes, with the real Pulumi CLI", () => {
  const ctx = stackHarness({ shared: true });
  let firstUp: string;

  const diagnostics = (output: string) => output.split("Diagnostics:")[1] ?? "";
  const count = (text: string, part: string) => text.split(part).length - 1;

  before(async () => {
    ctx.simulator.org.claim("on_call", user(1));
    await ctx.stack.moveKeysToConfiguration();
    await ctx.stack.declare(...seats);
    await ctx.stack.declareRosters(team);
    firstUp = await ctx.stack.up();
  });

  it("an adopted seat says so on its own row", () => {
    expect(diagnostics(firstUp)).to.match(
      /SeatAssignment \(alice\):\n\s+Adopted the on_call seat that user/,
    );
  });

  it("a roster that is refused is told once", async () => {
    await ctx.stack.declareRosters({ ...team, members: {} });
    const emptied = await ctx.stack.fails("preview");
    expect(count(diagnostics(emptied), "leave none, which needs a `maxRemovals`")).to.equal(1);
    await ctx.stack.declareRosters(team);
  });

  it("a lookup that fails is told once", async () => {
    await ctx.stack.declare({ ...seat("dave", 4), get: true });
    const lookup = await ctx.stack.fails("preview");
    expect(count(diagnostics(lookup), "holds no on_call seat"), lookup).to.equal(1);
    await ctx.stack.declare(...seats);
  });

  describe("of keys that Datadog refuses", () => {
    before(() => {
      ctx.simulator.keys.appKey = "rotated-application-key";
    });

    for (const command of ["refresh", "destroy"]) {
      it(`are printed once by a ${command}, which refers to that for everything else and advises --run-program`, async () => {
        const output = await ctx.stack.fails(command, ...quietly);
        const lines = diagnostics(output).split("\n");
        const onCall = lines.filter((line) => line.includes("on_call seat")).join("\n");
        expect(count(onCall, "responded with 403"), output).to.equal(1);
        expect(count(onCall, "another error of this run says why"), output).to.equal(1);
        expect(output).to.not.match(/Seats(Api)?Error/);
        expect(output).to.include("with --run-program");
      });
    }
  });
});
