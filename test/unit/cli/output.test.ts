import { PassThrough } from "node:stream";
import { expect } from "chai";
import { formatted, showProgress } from "../../../provider/src/cli/output";
import { user } from "../../support/ids";

const seat = { productCode: "on_call", userId: user(1) };
const header = '"productCode","email","name","userId","assignedAt"\r\n';

describe("formatted", () => {
  it("quotes every CSV field, doubles quotes within, and ends every line as RFC 4180 says", () => {
    const holder = {
      ...seat,
      email: "a@example.com",
      name: 'say "hi", all\nof you',
      assignedAt: "now",
    };
    expect(formatted([holder], "csv")).to.equal(
      `${header}"on_call","a@example.com","say ""hi"", all\nof you","${seat.userId}","now"\r\n`,
    );
  });

  it("leaves a CSV field empty when it is not known", () => {
    expect(formatted([seat], "csv")).to.equal(`${header}"on_call","","","${seat.userId}",""\r\n`);
  });

  it("puts an apostrophe before what a spreadsheet would run as a formula", () => {
    const name = '=HYPERLINK("http://evil.example")';
    expect(formatted([{ ...seat, name }], "csv")).to.include(
      `"'=HYPERLINK(""http://evil.example"")"`,
    );
    for (const formula of ["+1", "-1", "@cmd", "\t=1", "\r=1"]) {
      expect(formatted([{ ...seat, name: formula }], "csv"), formula).to.include(`"'${formula}"`);
    }
    expect(formatted([{ ...seat, name: "a=b" }], "csv")).to.include('"a=b"');
  });

  it("prints JSON with the properties in the order of the table", () => {
    const text = formatted([{ ...seat, email: "a@example.com" }], "json");
    expect(text).to.equal(
      `[\n  {\n    "productCode": "on_call",\n    "email": "a@example.com",\n    "userId": "${seat.userId}"\n  }\n]\n`,
    );
  });

  it("aligns the columns of a table by the width of letters on a terminal", () => {
    const holders = [
      { productCode: "x", userId: "1", email: "a@example.com", name: "日本" },
      {
        productCode: "on_call",
        userId: "2",
        email: "b@example.com",
        name: "Bob",
        assignedAt: "now",
      },
    ];
    expect(formatted(holders, "table").split("\n")).to.deep.equal([
      "PRODUCT  EMAIL          NAME  USER ID  ASSIGNED AT",
      "x        a@example.com  日本  1",
      "on_call  b@example.com  Bob   2        now",
      "",
    ]);
  });
});

describe("showProgress", () => {
  function shown(isTTY: boolean): string {
    const stream = Object.assign(new PassThrough(), { isTTY });
    for (const text of ["1 of 2", "2 of 2", ""]) {
      showProgress(text, stream as unknown as typeof process.stderr);
    }
    return String(stream.read() ?? "");
  }

  it("overwrites one line of a terminal, and leaves none", () => {
    const clear = "\u001b[1G\u001b[0K";
    expect(shown(true)).to.equal(`${clear}1 of 2${clear}2 of 2${clear}`);
  });

  it("writes nothing where there is no terminal", () => {
    expect(shown(false)).to.equal("");
  });
});
