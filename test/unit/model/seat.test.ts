import { expect } from "chai";
import { seatId, seatOfId } from "../../../provider/src/model/seat";
import { user } from "../../support/ids";

describe("the id of a seat", () => {
  it("names the org only where there is one, and is read back as the same seat", () => {
    const seat = { productCode: "on_call", userId: user(1) };
    for (const [id, named] of [
      [`on_call/${user(1)}`, seat],
      [`eu/on_call/${user(1)}`, { org: "eu", ...seat }],
    ] as const) {
      expect(seatId(named)).to.equal(id);
      expect(seatOfId(id)).to.deep.equal(named);
    }
  });

  it("is read in lower case", () => {
    const userId = "abcdef00-0000-4000-8000-000000000001";
    expect(seatOfId(`on_call/${userId.toUpperCase()}`)).to.deep.equal({
      productCode: "on_call",
      userId,
    });
  });

  it("is none with too few parts, too many, or an org that can't be", () => {
    for (const id of ["", user(1), `/${user(1)}`, "on_call/alice", `/on_call/${user(1)}`]) {
      expect(seatOfId(id), id).to.equal(undefined);
    }
    for (const id of [`a/b/on_call/${user(1)}`, `e u/on_call/${user(1)}`, `eu//${user(1)}`]) {
      expect(seatOfId(id), id).to.equal(undefined);
    }
  });
});
