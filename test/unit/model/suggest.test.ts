import { expect } from "chai";
import { adviceOn, nearest } from "../../../provider/src/model/suggest";

const names = ["productCode", "userId", "existing"];

describe("adviceOn", () => {
  it("finds the name that a typo of up to two letters was meant to be, in any case", () => {
    const typos = {
      exsting: "existing",
      existingg: "existing",
      exitsing: "existing",
      userID: "userId",
      productcode: "productCode",
      product_code: "productCode",
    };
    for (const [typo, name] of Object.entries(typos)) {
      expect(adviceOn(typo, names)).to.equal(`did you mean "${name}"?`);
    }
  });

  it("prefers the name that differs in case only", () => {
    expect(nearest("USERID", ["userIds", "userId"])[0]).to.equal("userId");
  });

  it("prefers the nearest name", () => {
    expect(nearest("user", ["userId", "users", "ser"])).to.deep.equal(["users", "ser", "userId"]);
  });

  it("says that a stack has one org to whoever names one", () => {
    for (const word of ["org", "orgs"]) {
      expect(adviceOn(word, names)).to.match(/^a stack has one org, .* explicit providers/);
    }
  });

  it("lists all names for another word", () => {
    for (const word of ["product", "email", ""]) {
      expect(adviceOn(word, names)).to.equal("expected one of productCode, userId, existing.");
    }
  });
});
