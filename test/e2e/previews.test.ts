import { expect } from "chai";
import type { CliResult } from "../../scripts/pulumi-cli/project";
import { tableRows } from "../support/markdown";
import { stackHarness } from "../support/stackHarness";
import type { DeclaredRoster, DeclaredSeat } from "./program/declarations";

const people = {
  alice: "3fa85f64-5717-4562-b3fc-2c963f66afa6",
  bob: "7c9e6679-7425-40de-944b-e07fc1f90ae7",
  carol: "9b2d7f0a-3c1e-4d5f-8a6b-7c8d9e0f1a2b",
  dave: "1d4e8f20-6a5b-4c3d-9e7f-0a1b2c3d4e5f",
};
type Person = keyof typeof people;
const since = new Date("2026-01-02T03:04:05Z");

/** What the program declares in a product: the names begin with it, for those of several rows not to be the same. */
type Declared = (productCode: string) => { seats?: DeclaredSeat[]; rosters?: DeclaredRoster[] };
const seats =
  (users: Record<string, Person>, more: Partial<DeclaredSeat> = {}): Declared =>
  (productCode) => ({
    seats: Object.entries(users).map(([name, person]) => {
      return { name: `${productCode}-${name}`, productCode, userId: people[person], ...more };
    }),
  });
const team =
  (names: Person[], more: Partial<DeclaredRoster> = {}): Declared =>
  (productCode) => {
    const members = Object.fromEntries(names.map((name) => [`${name}@example.com`, people[name]]));
    return { rosters: [{ name: `${productCode}-team`, productCode, members, ...more }] };
  };
const nothing: Declared = () => ({});
const exclusive = team(["alice"], { exclusive: true });

/** A row of the page: what was there, what the change makes of it, and whether Carol got a seat elsewhere before. */
interface Row {
  readonly before?: Declared;
  readonly after: Declared;
  readonly carolHoldsOne?: true;
  /** The runs in which it is seen; each is a preview and an `up`. */
  readonly run: "change" | "rejection" | "refresh";
}

/** In the order of the page. */
const ROWS: readonly Row[] = [
  { after: seats({ alice: "alice" }), run: "change" },
  { after: seats({ carol: "carol" }), carolHoldsOne: true, run: "change" },
  {
    after: seats({ carol: "carol" }, { existing: "reject" }),
    carolHoldsOne: true,
    run: "rejection",
  },
  { before: seats({ alice: "alice" }), after: seats({ lead: "alice" }), run: "change" },
  {
    before: seats({ alice: "alice", bob: "bob" }),
    after: seats({ alice: "bob", bob: "alice" }),
    run: "change",
  },
  { before: seats({ alice: "alice" }), after: seats({ alice: "dave" }), run: "change" },
  {
    before: team(["alice", "bob"]),
    after: team(["alice", "carol", "dave"]),
    carolHoldsOne: true,
    run: "change",
  },
  { after: exclusive, carolHoldsOne: true, run: "change" },
  { before: exclusive, after: exclusive, carolHoldsOne: true, run: "refresh" },
  {
    before: exclusive,
    after: team(["alice"], { exclusive: false }),
    carolHoldsOne: true,
    run: "refresh",
  },
];
/** Each row has a product of its own. */
const productOf = (row: number) => `on_call_${row}`;

/** The rows of a preview that are about a product, as the page shows them. */
const asShown = (output: string, product: string) =>
  output
    .split("\n")
    .filter((line) => line.includes(product))
    .join("\n")
    .replaceAll(/pulumi-nodejs:dynamic\/datadog:\w+ /g, "")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, since.toISOString())
    .replaceAll("`", "")
    .replaceAll(`${product}-`, "")
    .replaceAll(product, "on_call")
    .replaceAll(/ +/g, " ");

describe("docs/previews.md", () => {
  const ctx = stackHarness({ shared: true });
  const runs = new Map<number, { preview: CliResult; writes: string[] }>();

  /** Declares what is there after all rows whose change was made, and before those of the others. */
  async function declare(made: readonly Row["run"][]): Promise<void> {
    const all = ROWS.map(({ before = nothing, after, run }, n) => {
      return (made.includes(run) ? after : before)(productOf(n));
    });
    await ctx.stack.declare(...all.flatMap((declared) => declared.seats ?? []));
    await ctx.stack.declareRosters(...all.flatMap((declared) => declared.rosters ?? []));
  }

  async function run(name: Row["run"], made: readonly Row["run"][], ...options: string[]) {
    await declare([...made, name]);
    ctx.simulator.clearRequests();
    const preview = await ctx.stack.pulumi("preview", ...options);
    expect(ctx.writes()).to.deep.equal([]);
    await ctx.stack.pulumi("up", "--yes", "--skip-preview", ...options);
    for (const [n, row] of ROWS.entries()) {
      const writes = ctx.writes(productOf(n)).map((write) => write.split(" ")[0] ?? "");
      if (row.run === name) runs.set(n, { preview, writes });
    }
  }

  before(async () => {
    const { org } = ctx.simulator;
    for (const [name, id] of Object.entries(people)) {
      org.addUser(id, { email: `${name}@example.com` });
    }
    await declare([]);
    for (const n of ROWS.keys()) org.product(productOf(n));
    await ctx.stack.up();
    for (const [n, { carolHoldsOne }] of ROWS.entries()) {
      if (carolHoldsOne) org.claim(productOf(n), people.carol, since);
    }
    await run("rejection", []);
    await run("change", []);
    await run("refresh", ["change"], "--refresh");
  });

  const rows = tableRows("docs/previews.md", "the change");
  for (const [n, [change = "", shown = "", expected = ""]] of rows.entries()) {
    it(`shows the preview of ${change}, and what its up writes`, () => {
      const { preview, writes } = runs.get(n) ?? {};
      for (const [, row = ""] of shown.matchAll(/`(.*?)`(?=<br>|$)/g)) {
        expect(asShown(preview?.output ?? "", productOf(n))).to.include(row);
      }
      expect(preview?.code !== 0, preview?.output).to.equal(expected.includes("fails"));
      expect(writes?.join(", ")).to.equal(expected.replace(/^none.*/, ""));
    });
  }

  it("has a scenario for each row of its table", () => {
    expect(rows).to.have.lengthOf(ROWS.length);
  });
});
