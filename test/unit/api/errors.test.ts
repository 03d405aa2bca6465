import { expect } from "chai";
import {
  causeOf,
  type Outcome,
  outcomeOfStatus,
  SeatsApiError,
} from "../../../provider/src/api/errors";
import { type SeatsVerb, seatsCall } from "../../../provider/src/api/seats";
import { SeatsError } from "../../../provider/src/model/errors";
import { user, users } from "../../support/ids";

const refusal = new SeatsApiError(
  seatsCall("assign", "on_call", users(2)),
  "refused",
  "the plan is full",
  "Buy seats.",
  422,
);

describe("SeatsApiError", () => {
  it("says what failed, the reason and what to do, and is named as its class", () => {
    expect(refusal.message).to.equal(
      "Could not assign on_call seats to 2 users: the plan is full. Buy seats.",
    );
    expect(refusal.name).to.equal("SeatsApiError");
    expect(refusal).to.be.instanceOf(SeatsError);
  });

  it("has a summary for when the same cause occurs again", () => {
    expect(refusal.summary).to.equal(
      "Could not assign on_call seats to 2 users: another error of this run says why.",
    );
  });

  it("is about one user, or another call of theirs, with the same cause", () => {
    const one = refusal.forUsers([user(1)]);
    const other = refusal.forUsers([user(1)], seatsCall("unassign", "on_call"));
    expect(one.message).to.include(`Could not assign an on_call seat to user ${user(1)}: `);
    expect(other.message).to.include(`Could not unassign the on_call seat of user ${user(1)}: `);
    for (const error of [one, other]) {
      expect(error).to.include({ status: 422, outcome: "refused", reason: "the plan is full" });
      expect(causeOf(error)).to.equal(causeOf(refusal));
    }
  });

  it("takes another sentence, or none of what to do, with the same cause", () => {
    const more = refusal.adding("Or wait.");
    expect(more.message).to.match(/Buy seats\. Or wait\.$/);
    expect(more.withoutRemedy().message).to.match(/the plan is full\.$/);
    expect(causeOf(more.withoutRemedy())).to.equal(causeOf(refusal));
  });

  it("is unclear whatever the last response tells, once an earlier request may have taken effect", () => {
    const inDoubt = seatsCall("assign", "on_call", users(2), true);
    for (const outcome of ["refused", "forbidden", "limited", "unsent"] as const) {
      const error = new SeatsApiError(inDoubt, outcome, "no");
      expect(
        [error, error.forUsers([user(1)]), error.adding("Wait.")].map((one) => one.outcome),
      ).to.deep.equal(["unclear", "unclear", "unclear"]);
    }
    expect(refusal.forUsers(users(2), inDoubt).outcome).to.equal("unclear");
  });
});

describe("causeOf", () => {
  const failure = (reason: string, verb: SeatsVerb = "assign", product = "on_call", status = 422) =>
    causeOf(new SeatsApiError(seatsCall(verb, product), "refused", reason, "", status));

  it("is the same for all whom one cause affects, whichever users and counts Datadog names", () => {
    const one = failure(`no seats left for 2 users: ${user(1)} and ${user(2)}`);
    expect(failure(`no seats left for 17 users: ${user(3)} and ${user(4)}`)).to.equal(one);
    expect(failure(`no seats left for 1 users: ${user(3)} and ${user(4)}`, "unassign")).to.equal(
      one,
    );
  });

  it("differs by Datadog's words and status, by product and by the permission that it takes", () => {
    const causes = [
      failure("no"),
      failure("never"),
      failure("no", "list"),
      failure("no", "assign", "incident_response"),
      failure("no", "assign", "on_call", 400),
    ];
    expect(new Set(causes)).to.have.lengthOf(causes.length);
  });

  it("is the message of any other error", () => {
    expect(causeOf(new Error("a bug"))).to.equal("a bug");
  });
});

describe("outcomeOfStatus", () => {
  const cases: [Outcome, number[]][] = [
    ["unclear", [200, 204, 302, 408, 425, 500, 599]],
    ["refused", [400, 404, 409, 413, 422]],
    ["forbidden", [401, 403]],
    ["limited", [429]],
  ];
  for (const [outcome, statuses] of cases) {
    it(`is ${outcome} for ${statuses.join(", ")}`, () => {
      for (const status of statuses) expect(outcomeOfStatus(status)).to.equal(outcome);
    });
  }
});
