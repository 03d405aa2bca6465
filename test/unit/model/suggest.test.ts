import { expect } from "chai";
import { nearest, suggest } from "../../../provider/src/model/suggest";

const names = ["productCode", "userId", "existing", "org"];

describe("suggest", () => {
  it("finds the name that a typo of up to two letters was meant to be, in any case", () => {
    const typos = {
      exsting: "existing",
      existingg: "existing",
      exitsing: "existing",
      userID: "userId",
      productcode: "productCode",
      product_code: "productCode",
    };
    for (const [typo, name] of Object.entries(typos)) expect(suggest(typo, names)).to.equal(name);
  });

  it("prefers the name that differs in case only", () => {
    expect(suggest("USERID", ["userIds", "userId"])).to.equal("userId");
  });

  it("prefers the nearest name", () => {
    expect(nearest("user", ["userId", "users", "ser"])).to.deep.equal(["users", "ser", "userId"]);
  });

  it("finds none for another word", () => {
    for (const word of ["product", "email", ""]) expect(suggest(word, names)).to.equal(undefined);
  });
});
