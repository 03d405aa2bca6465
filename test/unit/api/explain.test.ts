import { expect } from "chai";
import { words } from "../../../provider/src/api/explain";
import { redact } from "../../../provider/src/api/sanitize";

describe("words", () => {
  it("reads errors as documented and as recorded", () => {
    expect(words('{"errors":["Bad Request","again"]}')).to.equal("Bad Request; again");
    expect(
      words('{"errors":[{"title":"Generic Error","detail":"product_code is required"}]}'),
    ).to.equal("product_code is required");
    expect(words('{"errors":[{"title":"Generic Error"}]}')).to.equal("Generic Error");
  });

  it("shows an odd error as it came, never [object Object]", () => {
    expect(words('{"errors":[{"code":7},null]}')).to.equal('{"code":7}; null');
    expect(words('{"errors":[]}')).to.equal('{"errors":[]}');
    expect(words("null")).to.equal("null");
  });

  it("takes the text out of a page of HTML, and nothing that a terminal would act on", () => {
    const page = "<html><style>b { }</style><h1>502</h1>\n<p>Bad\u001b[31m gateway</p></html>";
    expect(words(page)).to.equal("502 Bad [31m gateway");
  });

  it("cuts long answers, and says nothing of an empty one", () => {
    expect(words("x".repeat(300))).to.equal("x".repeat(300));
    expect(words("x".repeat(1000))).to.equal(`${"x".repeat(300)}…`);
    expect(words("")).to.equal("");
  });
});

describe("redact", () => {
  it("takes keys out in every form a server might echo", () => {
    const key = "s3cret/key+";
    const base64 = Buffer.from(key).toString("base64");
    expect(redact(`${key} ${encodeURIComponent(key)} ${base64}`, [key])).to.equal(
      "[redacted] [redacted] [redacted]",
    );
    const others = `${base64.replaceAll("=", "")} s3cret%2fkey%2b S3CRET/KEY+`;
    expect(redact(others, [key])).to.equal("[redacted] [redacted] [redacted]");
  });

  it("takes out a key that JSON or base64 writes in another way", () => {
    for (const key of ['a"b\\c', "key???>"]) {
      const padded = Buffer.from(key).toString("base64");
      const echo = `${JSON.stringify(`key ${key} refused`)} x${padded.replaceAll("=", "")}x`;
      expect(redact(echo, [key])).to.equal('"key [redacted] refused" x[redacted]x');
    }
  });

  it("takes out the whole of a key that begins with another", () => {
    expect(redact("abcd abc", ["abc", "abcd"])).to.equal("[redacted] [redacted]");
  });

  it("leaves nothing of a key that begins as another one does", () => {
    expect(redact("key-one-long", ["key-one", "key-one-long"])).to.equal("[redacted]");
  });
});
