import { expect } from "chai";
import { productCodeProblem } from "../../../provider/src/model/productCode";

const expected = 'expected a product code such as "on_call" or "incident_response"';

describe("productCodeProblem", () => {
  it("takes codes of today and of tomorrow, with blanks around them", () => {
    for (const code of ["on_call", " incident_response ", "a-product.of:tomorrow", "ßeat", "2"]) {
      expect(productCodeProblem(code), code).to.equal(undefined);
    }
  });

  it("refuses capitals and blanks, and says what was probably meant", () => {
    for (const code of ["On_Call", "on call", "On  Call", "ON\tCALL"]) {
      expect(productCodeProblem(code), code).to.equal(
        `${expected}, in lower case and without blanks (did you mean "on_call"?)`,
      );
    }
  });

  it("refuses what is no text, empty, or would make ids ambiguous", () => {
    for (const code of [undefined, null, 7, {}, "", "  ", "eu/on_call"]) {
      expect(productCodeProblem(code)).to.equal(expected);
    }
  });
});
