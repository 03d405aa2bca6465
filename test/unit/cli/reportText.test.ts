import { expect } from "chai";
import type { OwnedSeat } from "../../../provider/src/cli/ownedSeats";
import { highlightFindings, type Report, reportText } from "../../../provider/src/cli/reportText";
import { countSeats, type ReportedSeat, reportSeats } from "../../../provider/src/cli/seatFindings";
import { users } from "../../support/ids";

const owned = (userId: string, stack: string, more = {}): OwnedSeat => ({
  productCode: "on_call",
  userId,
  owner: { project: "seats", stack, resource: "team", urn: stack, ...more },
});

function reportOf(holders: string[], seats: OwnedSeat[], unread: string[] = []): Report {
  const held = holders.map((userId) => ({
    productCode: "on_call",
    userId,
    email: `${userId}@x.org`,
    name: userId.toUpperCase(),
  }));
  const all = reportSeats(["on_call"], held, seats);
  return { products: [countSeats("on_call", all)], seats: all, unread, undetermined: [] };
}
const report = reportOf(
  ["alice", "mallory"],
  [owned("alice", "prod"), owned("alice", "test"), owned("zoe", "prod", { member: "z@x.org" })],
);

describe("reportText", () => {
  it("is a table of all seats, those with findings first", () => {
    const seats = [
      owned("alice", "prod"),
      owned("bob", "prod"),
      owned("bob", "test"),
      owned("zoe", "prod", { member: "z@x.org" }),
    ];
    expect(reportText(reportOf(["alice", "bob", "mallory"], seats), "table")).to.equal(
      [
        "FINDINGS   PRODUCT  USER           NAME     OWNED BY                            USER ID",
        "twice      on_call  bob@x.org      BOB      seats/prod: team, seats/test: team  bob",
        "unmanaged  on_call  mallory@x.org  MALLORY                                      mallory",
        "missing    on_call  zoe                     seats/prod: team (z@x.org)          zoe",
        "           on_call  alice@x.org    ALICE    seats/prod: team                    alice",
        "",
      ].join("\n"),
    );
  });

  it("is a table of the columns that fit the terminal", () => {
    const shown = (width?: number) => reportText(report, "table", width);
    const widthOf = (text: string) => Math.max(...text.split("\n").map(({ length }) => length));
    const all = shown();
    expect(shown(widthOf(all))).to.equal(all);
    const withoutIds = shown(widthOf(all) - 1);
    expect(withoutIds).to.include("NAME").and.not.include("USER ID");
    expect(shown(widthOf(withoutIds))).to.equal(withoutIds);
    const narrowest = shown(widthOf(withoutIds) - 1);
    expect(narrowest).to.include("OWNED BY").and.not.include("NAME");
    // Who has no email is named all the same.
    expect(narrowest).to.match(/^missing +on_call +zoe /m);
    expect(shown(10)).to.equal(narrowest);
  });

  it("is a table that says why somebody is inactive or needs a seat, where there is space", () => {
    const [first] = report.seats;
    const { findings: _, ...seat } = first as ReportedSeat;
    const inactive = { ...seat, findings: ["inactive"] as const, lastLoginAt: null };
    const seatless = {
      ...seat,
      findings: ["missing", "seatless"] as const,
      neededBy: ["team:sre", "team:dev"],
    };
    const lines = (width?: number) =>
      reportText({ ...report, seats: [inactive, seatless] }, "table", width)
        .trimEnd()
        .split("\n")
        .map((line) => line.split(/ {2,}/));
    const [head, ...rows] = lines();
    expect(head?.slice(-2)).to.deep.equal(["WHY", "USER ID"]);
    expect(rows.map((cells) => [cells[0], cells.at(-2)])).to.deep.equal([
      ["inactive", "never logged in"],
      ["missing, seatless", "team:sre, team:dev"],
    ]);
    expect(lines(90)[0]).to.include("NAME").and.not.include("WHY");
  });

  it("has the findings in colour, and nothing else", () => {
    const text =
      "FINDINGS        USER\ntwice, missing  a  b\nx_1             c\n                twice  d\n";
    expect(highlightFindings(text)).to.equal(
      "FINDINGS        USER\n\u001b[33mtwice, missing\u001b[39m  a  b\n\u001b[33mx_1\u001b[39m             c\n                twice  d\n",
    );
  });

  it("is JSON of all that is known", () => {
    expect(JSON.parse(reportText(report, "json"))).to.deep.equal(report);
  });

  it("is Markdown of the counts, the findings, and how many seats each stack owns", () => {
    expect(reportText(report, "markdown")).to.equal(
      [
        "### Datadog seats",
        "",
        "| product | held | unmanaged | owned | twice | missing |",
        "| --- | --: | --: | --: | --: | --: |",
        "| `on_call` | 2 | 1 | 2 | 1 | 1 |",
        "",
        "| finding | product | email | user id | owned by |",
        "| --- | --- | --- | --- | --- |",
        "| twice | `on_call` | `alice@x.org` | `alice` | `seats/prod: team`, `seats/test: team` |",
        "| unmanaged | `on_call` | `mallory@x.org` | `mallory` |  |",
        "| missing | `on_call` |  | `zoe` | `seats/prod: team (z@x.org)` |",
        "",
        "| owned by | `on_call` |",
        "| --- | --: |",
        "| `seats/prod` | 2 |",
        "| `seats/test` | 1 |",
        "",
      ].join("\n"),
    );
  });

  it("is Markdown without the seats that each stack owns where only some seats are shown", () => {
    const seats = report.seats.filter(({ findings }) => findings.includes("missing"));
    const text = reportText({ ...report, only: ["missing"], seats }, "markdown");
    expect(text).to.match(
      /\| `on_call` \| 2 \| 1 \| 2 \| 1 \| 1 \|\n\n\| finding .*\n.*\n\| missing .*\n$/,
    );
  });

  it("is Markdown without what there is none of", () => {
    const clean = reportText(reportOf([], []), "markdown");
    expect(clean).to.match(
      /^### .*\n\n\|.*\n\| ---.*\n\| `on_call` \| 0 \| 0 \| 0 \| 0 \| 0 \|\n$/,
    );
  });

  it("is Markdown that says which states it lacks", () => {
    const text = reportText(reportOf([], [], ["Could not `x`"]), "markdown");
    expect(text).to.include(
      "\n**Incomplete**: what only these states own is counted as unmanaged.\n\n- `` Could not `x` ``\n",
    );
  });

  it("is Markdown that a comment on a pull request can hold, however many findings there are", () => {
    const ids = users(2000);
    const long = reportText(
      reportOf(
        ids,
        ids.map((id) => owned(`x${id}`, `stack-${id}`)),
        ids.map((id) => `No ${id}.`),
      ),
      "markdown",
    );
    expect(long.length).to.be.below(65_536);
    expect(long).to.include("\n… and 3900 more: see `--json`.\n");
    expect(long.match(/… and 1900 more/g)).to.have.length(2);
  });

  it("is Markdown in which no name has a meaning", () => {
    const name = "a|<b>\n# @all";
    const shown = "`a`&#124;`<b> # @all`";
    const text = reportText(reportOf([name], [owned("bob", name, { resource: name })]), "markdown");
    expect(text)
      .to.include(`| unmanaged | \`on_call\` | ${shown.slice(0, -1)}@x.org\` | ${shown} |  |\n`)
      .and.include(`| \`bob\` | \`seats/a\`&#124;\`<b> # @all: a\`&#124;\`<b> # @all\` |\n`)
      .and.include(`| \`seats/a\`&#124;\`<b> # @all\` | 1 |\n`);
  });
});
