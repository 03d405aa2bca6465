// The resource option `import`, as the engine asks for it: a read by the id alone, then a check of the program's inputs.
import { expect } from "chai";
import { user } from "../support/ids";
import type { Properties } from "../support/partialResource";
import { providerHarness, roster } from "../support/providerHarness";

const [alice, bob] = [user(1), user(2)];
const seat = (userId: string) => ({ productCode: "on_call", userId, __urn: "lead" });

describe("the option `import` of the native plugin", () => {
  const ctx = providerHarness("SeatAssignment", 3, "plugin");

  beforeEach(() => {
    for (const id of [alice, bob]) ctx.simulator.org.claim("on_call", id);
  });

  /** What is wrong with the inputs of a program that imports an id. */
  async function importing(resource: string, id: string, news: Properties) {
    const provider = ctx.provider.as(resource);
    // The harness takes the URN from the properties; the plugin is sent none of them.
    const { inputs } = await provider.read(id, { __urn: news.__urn });
    const { failures } = await provider.check(news, { ...inputs, __urn: news.__urn });
    return failures.map(({ reason }) => reason);
  }

  it("refuses an id of another user than `userId`, with both", async () => {
    const [problem, ...more] = await importing("SeatAssignment", `on_call/${bob}`, seat(alice));
    expect(problem).to.include(bob).and.include(alice).and.include("import");
    // Outside of a preview the engine records what it has read before it checks.
    expect(problem).to.include("pulumi state delete");
    expect(more).to.deep.equal([]);
  });

  it("refuses an id of another product, of a seat and of a roster, whose seats the run would unassign", async () => {
    const other = { productCode: "incident_response", __urn: "lead" };
    for (const [resource, id, news] of [
      ["SeatAssignment", `on_call/${alice}`, { ...other, userId: alice }],
      ["SeatRoster", "on_call/roster", { ...roster({ alice, bob }), ...other }],
    ] as const) {
      const [problem] = await importing(resource, id, news);
      expect(problem).to.include("on_call").and.include("incident_response");
    }
  });

  it("takes the id of the same user, however it is written", async () => {
    const id = `on_call/${alice.toUpperCase()}`;
    expect(await importing("SeatAssignment", id, seat(alice))).to.deep.equal([]);
  });

  it("takes a roster whose members differ from today's holders", async () => {
    const news = roster({ alice }, { maxRemovals: 1, __urn: "team" });
    expect(await importing("SeatRoster", "on_call/roster", news)).to.deep.equal([]);
  });

  it("is not taken for a refresh, nor for a lookup of another resource", async () => {
    await ctx.provider.read(`on_call/${bob}`, { __urn: "looked-up" });
    const { inputs } = await ctx.provider.read(`on_call/${bob}`, seat(bob));
    const { failures } = await ctx.provider.check(seat(alice), { ...inputs, __urn: "lead" });
    expect(failures).to.deep.equal([]);
  });
});
