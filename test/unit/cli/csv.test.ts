import { expect } from "chai";
import { csv } from "../../../provider/src/cli/csv";

describe("csv", () => {
  it("quotes what holds commas, quotes or line breaks, and ends every line as RFC 4180 says", () => {
    expect(csv([["a", 'say "hi", all', "two\nlines"], ["b"]])).to.equal(
      'a,"say ""hi"", all","two\nlines"\r\nb\r\n',
    );
  });

  it("leaves what is not known empty", () => {
    expect(csv([["a", undefined, "c"]])).to.equal("a,,c\r\n");
  });

  it("lets no spreadsheet take a name for a formula", () => {
    expect(csv([['=HYPERLINK("http://evil.example")', "+1", "-1", "@cmd", "a=b"]])).to.equal(
      '"\'=HYPERLINK(""http://evil.example"")",\'+1,\'-1,\'@cmd,a=b\r\n',
    );
  });
});
