import { expect } from "chai";
import {
  redact,
  sanitize,
  sanitizeEmail,
  sanitizePage,
  visible,
} from "../../../provider/src/api/sanitize";

describe("sanitize", () => {
  it("puts a text on one line, and shows what a terminal would act on", () => {
    expect(sanitize(" a\n\tb\u001b[2J\u202ec ")).to.equal("a b\\u001b[2J\\u202ec");
    expect(sanitize("a\ud83d")).to.equal("a\\ud83d");
  });

  it("leaves names as people write them", () => {
    const names = "علی‌رضا, 山田　太郎, 👩‍💻, José";
    expect(sanitize(names)).to.equal(names.replace("\u3000", " "));
  });

  it("cuts a text, and not through a character", () => {
    expect(sanitize("abcdef", 6)).to.equal("abcdef");
    expect(sanitize("abcdef", 5)).to.equal("abcde…");
    expect(sanitize("abc🔑🔑", 4)).to.equal("abc…");
  });
});

describe("sanitizeEmail", () => {
  it("keeps two emails apart that differ in an invisible character, wherever it is", () => {
    const email = "alice@example.com";
    for (const invisible of [
      "\u200b",
      "\u202e",
      "\ufeff",
      "\u00a0",
      "\u00ad",
      "\u3164",
      "\ufe0f",
      "\u0000",
    ]) {
      for (const other of [
        `${invisible}${email}`,
        `al${invisible}ice@example.com`,
        `${email}${invisible}`,
      ]) {
        const shown = sanitizeEmail(other);
        expect(shown)
          .to.match(/^[\x21-\x7e]+$/)
          .and.not.equal(email);
      }
    }
    expect(sanitizeEmail(` ${email}\n`)).to.equal(email);
  });
});

describe("visible", () => {
  it("writes what can't be seen as JSON does, so that JSON stays the same", () => {
    const value = { "a\u200b": "b\u{e0001}c\u2028\u009b", name: "José 山田" };
    const text = visible(JSON.stringify(value));
    expect(text).to.equal('{"a\\u200b":"b\\udb40\\udc01c\\u2028\\u009b","name":"José 山田"}');
    expect(JSON.parse(text)).to.deep.equal(value);
  });

  it("leaves blanks and the ends of lines as they are", () => {
    const text = "a  b\r\nc\n\nd";
    expect(visible(text)).to.equal(text);
    expect(visible("a\rb\tc")).to.equal("a\\u000db\\u0009c");
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
      expect(redact(Buffer.from(key).toString("base64url"), [key])).to.equal("[redacted]");
    }
  });

  it("removes the whole of a key that begins with another", () => {
    expect(redact("abcd abc", ["abc", "abcd"])).to.equal("[redacted] [redacted]");
  });

  it("leaves nothing of a key that begins as another one does", () => {
    expect(redact("key-one-long", ["key-one", "key-one-long"])).to.equal("[redacted]");
  });
});
