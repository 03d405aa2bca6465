import { expect } from "chai";
import type { OwnedSeat } from "../../../provider/src/cli/ownedSeats";
import { countSeats, type ReportedSeat, reportSeats } from "../../../provider/src/cli/seatFindings";

type Names = readonly string[];

const holder = (userId: string) => ({ productCode: "on_call", userId, email: `${userId}@x.org` });

/** @param seat such as "alice by prod/team" */
function ownedSeat(seat: string, productCode = "on_call"): OwnedSeat {
  const [, userId = "", stack = "", resource = ""] = /^(.*) by (.*)\/(.*)$/.exec(seat) ?? [];
  const owner = { project: "seats", stack, resource, urn: `${stack}::${resource}` };
  return { productCode, userId, owner };
}

/** Such as "alice by prod/team: missing". */
function inWords({ userId, owners, findings }: ReportedSeat): string {
  const by = owners.map(({ stack, resource }) => ` by ${stack}/${resource}`).join("");
  return `${userId}${by}: ${findings.join(" ")}`;
}

const cases: Record<string, { held: Names; owned: Names; reported: Names }> = {
  "nothing where nobody holds or owns a seat": { held: [], owned: [], reported: [] },
  "no finding where one resource owns a seat that is held": {
    held: ["alice"],
    owned: ["alice by prod/team"],
    reported: ["alice by prod/team: "],
  },
  "unmanaged what no resource owns": { held: ["alice"], owned: [], reported: ["alice: unmanaged"] },
  "missing what nobody holds": {
    held: [],
    owned: ["alice by prod/team"],
    reported: ["alice by prod/team: missing"],
  },
  "twice what two resources own, in two stacks or in one": {
    held: ["alice", "bob"],
    owned: ["alice by prod/team", "alice by test/team", "bob by prod/bob", "bob by prod/team"],
    reported: ["alice by prod/team by test/team: twice", "bob by prod/bob by prod/team: twice"],
  },
  "once what one resource owns by two states, or by two entries of one": {
    held: ["alice"],
    owned: ["alice by prod/team", "alice by prod/team"],
    reported: ["alice by prod/team: "],
  },
  "twice and missing together": {
    held: [],
    owned: ["alice by prod/team", "alice by test/team"],
    reported: ["alice by prod/team by test/team: twice missing"],
  },
  "holders in their order, and what is missing behind them": {
    held: ["carol", "alice"],
    owned: ["zoe by prod/z", "alice by prod/a", "bob by prod/b"],
    reported: [
      "carol: unmanaged",
      "alice by prod/a: ",
      "zoe by prod/z: missing",
      "bob by prod/b: missing",
    ],
  },
};

describe("reportSeats", () => {
  for (const [what, { held, owned, reported }] of Object.entries(cases)) {
    it(`reports ${what}`, () => {
      const seats = owned.map((seat) => ownedSeat(seat));
      expect(reportSeats(["on_call"], held.map(holder), seats).map(inWords)).to.deep.equal(
        reported,
      );
    });
  }

  it("tells products apart, in the order in which they were asked for", () => {
    const owned = [ownedSeat("alice by prod/a"), ownedSeat("bob by prod/b", "incident_response")];
    const holders = [holder("alice"), holder("bob")];
    const seats = reportSeats(["incident_response", "on_call"], holders, owned);
    expect(seats.map((seat) => `${seat.productCode} ${inWords(seat)}`)).to.deep.equal([
      "incident_response bob by prod/b: missing",
      "on_call alice by prod/a: ",
      "on_call bob: unmanaged",
    ]);
  });

  it("keeps what Datadog says of a holder", () => {
    expect(reportSeats(["on_call"], [holder("alice")], [])).to.deep.equal([
      { ...holder("alice"), held: true, owners: [], findings: ["unmanaged"] },
    ]);
  });
});

describe("countSeats", () => {
  it("counts one product's seats", () => {
    const owned = ["alice by prod/a", "alice by test/a", "bob by prod/b", "zoe by prod/z"];
    const seats = reportSeats(
      ["on_call", "incident_response"],
      ["alice", "bob", "carol", "dave"].map(holder),
      [...owned.map((seat) => ownedSeat(seat)), ownedSeat("bob by prod/i", "incident_response")],
    );
    expect(countSeats("on_call", seats)).to.deep.equal({
      productCode: "on_call",
      held: 4,
      unmanaged: 2,
      owned: 3,
      twice: 1,
      missing: 1,
    });
    expect(countSeats("incident_response", seats)).to.include({ held: 0, owned: 1, missing: 1 });
  });
});
