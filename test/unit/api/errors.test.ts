import { expect } from "chai";
import { causeOf, SeatsApiError } from "../../../provider/src/api/errors";
import { seatsCall } from "../../../provider/src/api/seats";
import { SeatsError } from "../../../provider/src/model/errors";
import { user, users } from "../../support/ids";

const onCall = { productCode: "on_call" };
const refusal = new SeatsApiError(
  seatsCall("assign", onCall, users(2)),
  "refused",
  "the plan is full",
  "Buy seats.",
  422,
);

describe("SeatsApiError", () => {
  it("says what failed, the reason and what to do, and is named as its class", () => {
    expect(refusal.message).to.equal(
      "Could not assign seats of on_call to 2 users: the plan is full. Buy seats.",
    );
    expect(refusal.name).to.equal("SeatsApiError");
    expect(refusal).to.be.instanceOf(SeatsError);
  });

  it("has a summary for when the same cause occurs again", () => {
    expect(refusal.summary).to.equal(
      "Could not assign seats of on_call to 2 users: another error of this run says why.",
    );
  });

  it("is about one user, or another call of theirs, with the same cause", () => {
    const one = refusal.forUsers([user(1)]);
    const other = refusal.forUsers([user(1)], seatsCall("unassign", { productCode: "x" }));
    expect(one.message).to.include(`Could not assign a seat of on_call to user ${user(1)}: `);
    expect(other.message).to.include(`Could not unassign a seat of x from user ${user(1)}: `);
    for (const error of [one, other]) {
      expect(error).to.include({ status: 422, outcome: "refused", reason: "the plan is full" });
      expect(causeOf(error)).to.equal(refusal);
    }
  });

  it("takes another sentence, or becomes unclear, with the same cause", () => {
    const more = refusal.adding("Or wait.");
    expect(more.message).to.match(/Buy seats\. Or wait\.$/);
    expect(refusal.inDoubt().outcome).to.equal("unclear");
    expect(causeOf(more.inDoubt())).to.equal(refusal);
  });
});

describe("causeOf", () => {
  it("is the error itself where nothing is behind it", () => {
    const error = new Error("a bug");
    expect([causeOf(error), causeOf(refusal)]).to.deep.equal([error, refusal]);
  });
});
