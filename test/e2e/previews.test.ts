import { expect } from "chai";
import { tableRows } from "../support/markdown";
import { stackHarness } from "../support/stackHarness";
import type { DeclaredRoster } from "./program/declarations";

const people = {
  alice: "3fa85f64-5717-4562-b3fc-2c963f66afa6",
  bob: "7c9e6679-7425-40de-944b-e07fc1f90ae7",
  carol: "9b2d7f0a-3c1e-4d5f-8a6b-7c8d9e0f1a2b",
  dave: "1d4e8f20-6a5b-4c3d-9e7f-0a1b2c3d4e5f",
};
type Person = keyof typeof people;
const since = new Date("2026-01-02T03:04:05Z");
const seat = (name: string, person: Person, more = {}) => ({
  name,
  productCode: "on_call",
  userId: people[person],
  ...more,
});
const team = (members: Person[], more: Partial<DeclaredRoster> = {}): DeclaredRoster => ({
  name: "team",
  productCode: "on_call",
  members: Object.fromEntries(members.map((name) => [`${name}@example.com`, people[name]])),
  ...more,
});

/** The rows of a preview as the page shows them. */
const asShown = (output: string) =>
  output
    .replaceAll(/pulumi-nodejs:dynamic\/datadog:\w+ /g, "")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, since.toISOString())
    .replaceAll("`", "")
    .split("\n")
    .map((line) => line.trim().replaceAll(/ +/g, " "));

describe("docs/previews.md", () => {
  const ctx = stackHarness();

  beforeEach(() => {
    for (const [name, id] of Object.entries(people)) {
      ctx.simulator.org.addUser(id, { email: `${name}@example.com` });
    }
  });

  const carolHoldsOne = () => ctx.simulator.org.claim("on_call", people.carol, since);
  const upWith = async (...seats: Parameters<typeof ctx.stack.declare>) => {
    await ctx.stack.declare(...seats);
    await ctx.stack.up();
  };
  const becomesExclusive = async () => {
    carolHoldsOne();
    await ctx.stack.declareRosters(team(["alice"], { exclusive: true }));
  };

  /** How each change comes about, in the order of the page; the options of the preview and the `up`. */
  const changes: (() => Promise<unknown>)[] = [
    () => ctx.stack.declare(seat("alice", "alice")),
    async () => {
      carolHoldsOne();
      await ctx.stack.declare(seat("carol", "carol"));
    },
    async () => {
      carolHoldsOne();
      await ctx.stack.declare(seat("carol", "carol", { existing: "reject" }));
    },
    async () => {
      await upWith(seat("alice", "alice"));
      await ctx.stack.declare(seat("lead", "alice"));
    },
    async () => {
      await upWith(seat("alice", "alice"), seat("bob", "bob"));
      await ctx.stack.declare(seat("alice", "bob"), seat("bob", "alice"));
    },
    async () => {
      await upWith(seat("alice", "alice"));
      await ctx.stack.declare(seat("alice", "dave"));
    },
    async () => {
      await ctx.stack.declareRosters(team(["alice", "bob"]));
      await ctx.stack.up();
      carolHoldsOne();
      await ctx.stack.declareRosters(team(["alice", "carol", "dave"]));
    },
    becomesExclusive,
    async () => {
      await becomesExclusive();
      await ctx.stack.up();
      return ["--refresh"];
    },
    async () => {
      await becomesExclusive();
      await ctx.stack.up();
      await ctx.stack.refresh();
      await ctx.stack.declareRosters(team(["alice"], { exclusive: false }));
    },
  ];

  for (const [n, [change = "", rows = "", writes = ""]] of tableRows(
    "docs/previews.md",
    "the change",
  ).entries()) {
    it(`shows the preview of ${change}, and what its up writes`, async () => {
      const options = ((await changes[n]?.()) as string[] | undefined) ?? [];
      ctx.simulator.clearRequests();
      const preview = await ctx.stack.pulumi("preview", ...options);
      const lines = asShown(preview.output);
      for (const [, row = ""] of rows.matchAll(/`(.*?)`(?=<br>|$)/g)) {
        expect(lines.join("\n")).to.include(row);
      }
      expect(ctx.writes()).to.deep.equal([]);
      expect(preview.code !== 0, preview.output).to.equal(writes.includes("fails"));

      ctx.simulator.clearRequests();
      await ctx.stack.pulumi("up", "--yes", "--skip-preview", ...options);
      const methods = ctx.writes().map((write) => write.split(" ")[0]);
      const expected = writes.replace(/^none.*/, "");
      expect(methods.join(", ")).to.equal(expected);
    });
  }

  it("has a scenario for each row of its table", () => {
    expect(tableRows("docs/previews.md", "the change")).to.have.lengthOf(changes.length);
  });
});
