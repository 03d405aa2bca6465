import { expect } from "chai";
import { errorDetail } from "../../../provider/src/api/explain";

describe("errorDetail", () => {
  it("reads errors as documented and as recorded", () => {
    expect(errorDetail('{"errors":["Bad Request","again"]}')).to.equal("Bad Request; again");
    expect(
      errorDetail('{"errors":[{"title":"Generic Error","detail":"product_code is required"}]}'),
    ).to.equal("product_code is required");
    expect(errorDetail('{"errors":[{"title":"Generic Error"}]}')).to.equal("Generic Error");
  });

  it("shows an odd error as it came, never [object Object]", () => {
    expect(errorDetail('{"errors":[{"code":7},null]}')).to.equal('{"code":7}; null');
    expect(errorDetail('{"errors":[]}')).to.equal('{"errors":[]}');
    expect(errorDetail("null")).to.equal("null");
  });

  it("takes the text out of a page of HTML, without what a terminal would act on", () => {
    const page = "<html><style>b { }</style><h1>502</h1>\n<p>Bad\u001b[31m gateway</p></html>";
    expect(errorDetail(page)).to.equal("502 Bad\\u001b[31m gateway");
  });

  it("cuts a long response, and is empty for an empty one", () => {
    expect(errorDetail("x".repeat(300))).to.equal("x".repeat(300));
    expect(errorDetail("x".repeat(1000))).to.equal(`${"x".repeat(300)}…`);
    expect(errorDetail("")).to.equal("");
  });
});
