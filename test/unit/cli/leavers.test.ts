import { expect } from "chai";
import type { Person } from "../../../provider/src/api/users";
import { withLeavers } from "../../../provider/src/cli/leavers";
import type { ReportedSeat } from "../../../provider/src/cli/seatFindings";

const DAY_MS = 86_400_000;
const daysAgo = (days: number) => Date.now() - days * DAY_MS;
const someone: Person = {
  userId: "someone",
  isDisabled: false,
  isServiceAccount: false,
  lastLoginAt: daysAgo(0),
};

/** What is found of a seat of alice, and what is unknown. */
function found(user: Partial<Person> | undefined, seat: Partial<ReportedSeat> = {}) {
  const alice = { productCode: "on_call", userId: "alice", owners: [], findings: [], held: true };
  const { lastLoginAt, ...others } = someone;
  const users = user ? [someone, { ...others, userId: "alice", ...user }] : [someone];
  const { seats, undetermined } = withLeavers([{ ...alice, ...seat }], users, 90);
  return [...(seats[0]?.findings ?? []), seats[0]?.lastLoginAt, ...undetermined];
}
const assigned = (days: number) => ({ assignedAt: new Date(daysAgo(days)).toISOString() });

describe("withLeavers", () => {
  it("finds whoever has not logged in for so many days", () => {
    const lastLoginAt = daysAgo(91);
    expect(found({ lastLoginAt })).to.deep.equal(["inactive", new Date(lastLoginAt).toISOString()]);
    expect(found({ lastLoginAt: daysAgo(89) }, assigned(200))).to.deep.equal([undefined]);
  });

  it("finds whoever has never logged in, where the seat is older, or else the user", () => {
    expect(found({ createdAt: daysAgo(89) }, assigned(91))).to.deep.equal(["inactive", null]);
    expect(found({ createdAt: daysAgo(91) }, assigned(89))).to.deep.equal([undefined]);
    expect(found({ createdAt: daysAgo(91) })).to.deep.equal(["inactive", null]);
    expect(found({ createdAt: daysAgo(89) }, { assignedAt: "soon" })).to.deep.equal([undefined]);
  });

  it("finds nobody by a seat that is not held", () => {
    const lastLoginAt = daysAgo(91);
    expect(found({ lastLoginAt, isDisabled: true }, { held: false })).to.deep.equal([undefined]);
    expect(found({ lastLoginAt, isDisabled: true })).to.include.members(["disabled", "inactive"]);
  });

  it("says of whom it can't tell: a holder who isn't listed, or of whom there is no date", () => {
    for (const user of [undefined, {}]) {
      const [lastLogin, reason, ...others] = found(user, { email: "a@x.org" });
      expect([lastLogin, others]).to.deep.equal([undefined, []]);
      expect(reason).to.match(/^Who is inactive is unknown of 1 holders, .*: a@x\.org\.$/);
    }
    const seats = Array.from({ length: 25 }, (_, n) => ({
      productCode: "on_call",
      userId: String(n),
      owners: [],
      findings: [],
      held: true,
    }));
    expect(withLeavers(seats, [someone], 90).undetermined[0]).to.match(/: 0, 1, .*, 19 and 5 more/);
  });

  it("treats nobody as inactive where Datadog tells of nobody when they last logged in", () => {
    const { lastLoginAt, ...others } = someone;
    const seat = {
      productCode: "on_call",
      userId: "someone",
      held: true,
      owners: [],
      findings: [],
    };
    const users = [{ ...others, isDisabled: true, createdAt: daysAgo(900) }];
    const { seats, lookedFor, undetermined } = withLeavers([seat], users, 90);
    expect(seats[0]?.findings).to.deep.equal(["disabled"]);
    expect(lookedFor).to.deep.equal(["disabled"]);
    expect(undetermined).to.have.length(1);
  });
});
