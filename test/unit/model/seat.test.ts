import { expect } from "chai";
import { seatId, seatOfId } from "../../../provider/src/model/seat";
import { user } from "../../support/ids";

describe("the id of a seat", () => {
  it("is read back as the same seat", () => {
    const seat = { productCode: "on_call", userId: user(1) };
    expect(seatId(seat)).to.equal(`on_call/${user(1)}`);
    expect(seatOfId(`on_call/${user(1)}`)).to.deep.equal(seat);
  });

  it("is read in lower case", () => {
    const userId = "abcdef00-0000-4000-8000-000000000001";
    expect(seatOfId(`on_call/${userId.toUpperCase()}`)).to.deep.equal({
      productCode: "on_call",
      userId,
    });
  });

  it("is none with too few parts or too many", () => {
    for (const id of ["", user(1), `/${user(1)}`, "on_call/alice"]) {
      expect(seatOfId(id), id).to.equal(undefined);
    }
    for (const id of [`/on_call/${user(1)}`, `eu/on_call/${user(1)}`, `on_call//${user(1)}`]) {
      expect(seatOfId(id), id).to.equal(undefined);
    }
  });
});
