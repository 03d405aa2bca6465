import { expect } from "chai";
import { redact, sanitize, sanitizePage } from "../../../provider/src/api/sanitize";

describe("sanitize", () => {
  it("puts a text on one line, without what a terminal would act on", () => {
    expect(sanitize(" a\n\tb\u001b[2J\u202ec ")).to.equal("a b [2J c");
  });

  it("cuts a text, and not through a character", () => {
    expect(sanitize("abcdef", 6)).to.equal("abcdef");
    expect(sanitize("abcdef", 5)).to.equal("abcde…");
    expect(sanitize("abc🔑🔑", 4)).to.equal("abc…");
  });
});

describe("sanitizePage", () => {
  it("removes tags, styles and scripts", () => {
    expect(
      sanitizePage("<style>b {}</style><h1>502</h1><script>x()</script>\n<p>gone</p>"),
    ).to.equal("502 gone");
  });
});

describe("redact", () => {
  it("removes keys in every form a server might echo", () => {
    const key = "s3cret/key+";
    const base64 = Buffer.from(key).toString("base64");
    expect(redact(`${key} ${encodeURIComponent(key)} ${base64}`, [key])).to.equal(
      "[redacted] [redacted] [redacted]",
    );
    const others = `${base64.replaceAll("=", "")} s3cret%2fkey%2b S3CRET/KEY+`;
    expect(redact(others, [key])).to.equal("[redacted] [redacted] [redacted]");
  });

  it("removes a key that JSON or base64 writes in another way", () => {
    for (const key of ['a"b\\c', "key???>"]) {
      const padded = Buffer.from(key).toString("base64");
      const echo = `${JSON.stringify(`key ${key} refused`)} x${padded.replaceAll("=", "")}x`;
      expect(redact(echo, [key])).to.equal('"key [redacted] refused" x[redacted]x');
    }
  });

  it("removes the whole of a key that begins with another", () => {
    expect(redact("abcd abc", ["abc", "abcd"])).to.equal("[redacted] [redacted]");
  });

  it("leaves nothing of a key that begins as another one does", () => {
    expect(redact("key-one-long", ["key-one", "key-one-long"])).to.equal("[redacted]");
  });
});
