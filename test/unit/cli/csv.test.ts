import { expect } from "chai";
import { csv } from "../../../provider/src/cli/csv";

describe("csv", () => {
  it("quotes every field, doubles quotes within, and ends every line as RFC 4180 says", () => {
    expect(csv([["a", 'say "hi", all', "two\nlines"], ["b"]])).to.equal(
      '"a","say ""hi"", all","two\nlines"\r\n"b"\r\n',
    );
  });

  it("leaves what is not known empty", () => {
    expect(csv([["a", undefined, "c"]])).to.equal('"a","","c"\r\n');
  });

  it("puts an apostrophe before what a spreadsheet would run as a formula", () => {
    expect(
      csv([['=HYPERLINK("http://evil.example")', "+1", "-1", "@cmd", "\t=1", "a=b"]]),
    ).to.equal(`"'=HYPERLINK(""http://evil.example"")","'+1","'-1","'@cmd","'\t=1","a=b"\r\n`);
  });
});
