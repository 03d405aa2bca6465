import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { onEachEntryPoint } from "../support/entryPoints";
import { user, users } from "../support/ids";
import { providerHarness, roster } from "../support/providerHarness";
import { temporaryFolder } from "../support/workFolder";

const seat = (n: number) => ({ productCode: "on_call", userId: user(n) });
const id = (n: number) => `on_call/${user(n)}`;

onEachEntryPoint("A read of 252 holders in pages of 100", (entryPoint) => {
  const ctx = providerHarness("SeatAssignment", 0, entryPoint, { "datadogSeats:pageSize": "100" });
  const folder = temporaryFolder();
  const gets = () => ctx.simulator.count("GET");

  beforeEach(() => {
    ctx.simulator.behaviour.cursorBy = "offset";
    for (const userId of users(252)) ctx.simulator.org.claim("on_call", userId);
  });

  describe("while a stranger gives up a seat of the first page", () => {
    // Then user 101 moves from the second page to the first, after that has come.
    beforeEach(() => {
      ctx.simulator.onRequest = () => {
        ctx.simulator.onRequest = undefined;
        ctx.simulator.org.unassign("on_call", user(1));
      };
    });

    it("keeps a seat that the pages have missed", async () => {
      const found = await ctx.provider.read(id(101), seat(101));
      expect(found.id).to.equal(id(101));
      expect(found.outputs).to.have.property("email");
      expect(gets()).to.equal(4);
    });

    it("keeps a member of a roster whom the pages have missed", async () => {
      const { outputs } = await ctx.provider
        .as("SeatRoster")
        .read("on_call/roster", roster({ alice: user(101), bob: user(300) }));
      expect(outputs.members).to.deep.equal({ alice: user(101) });
      expect(gets()).to.equal(6);
    });

    it("unassigns a seat that the pages have missed, where an ownership map needs its user's email", async () => {
      const file = join(folder(), "seats.json");
      writeFileSync(file, JSON.stringify({ platform: { on_call: ["dave@example.com"] } }));
      await ctx.restart({ "datadogSeats:ownershipMap": file });
      await ctx.provider.delete(id(101), seat(101));
      expect(ctx.writes()).to.deep.equal([["DELETE", user(101)]]);
    });
  });

  it("lists once more for all seats that seem to be gone, and for none that is held", async () => {
    expect((await ctx.provider.read(id(252), seat(252))).id).to.equal(id(252));
    expect(gets()).to.equal(3);
    const gone = [301, 302, 303].map((n) => ctx.provider.read(id(n), seat(n)));
    for (const read of await Promise.all(gone)) expect(read.id).to.equal("");
    expect((await ctx.provider.read(id(304), seat(304))).id).to.equal("");
    expect(gets()).to.equal(6);
  });

  it("keeps the state when the listing that was to confirm an absence fails", async () => {
    ctx.simulator.onRequest = () => {
      if (gets() === 3) ctx.simulator.faults.add({ method: "GET", status: 400 });
    };
    const reads = [301, 302].map((n) => ctx.provider.read(id(n), seat(n)));
    const ends = await Promise.allSettled(reads);
    expect(ends.map(({ status }) => status)).to.deep.equal(["rejected", "rejected"]);
  });

  it("believes a listing of one page", async () => {
    ctx.simulator.org.claim("incident_response", user(1));
    const absent = { productCode: "incident_response", userId: user(2) };
    const read = await ctx.provider.read(`incident_response/${user(2)}`, absent);
    expect(read.id).to.equal("");
    expect(gets()).to.equal(1);
  });
});
