import { expect } from "chai";
import { byEmail, listText } from "../../../provider/src/cli/list";
import { user } from "../../support/ids";

describe("byEmail", () => {
  it("sorts by email in any case, then by id, with users without an email last", () => {
    const users = [
      { userId: "5" },
      { userId: "2", email: "b@example.com" },
      { userId: "4" },
      { userId: "3", email: "B@example.com" },
      { userId: "1", email: "a@example.com" },
    ];
    expect(users.sort(byEmail).map(({ userId }) => userId)).to.deep.equal([
      "1",
      "2",
      "3",
      "4",
      "5",
    ]);
  });
});

const seat = { productCode: "on_call", userId: user(1) };
const header = '"productCode","email","name","userId","assignedAt"\r\n';

describe("listText", () => {
  it("quotes every CSV field, doubles quotes within, and ends every line as RFC 4180 says", () => {
    const holder = {
      ...seat,
      email: "a@example.com",
      name: 'say "hi", all\nof you',
      assignedAt: "now",
    };
    expect(listText([holder], "csv")).to.equal(
      `${header}"on_call","a@example.com","say ""hi"", all\nof you","${seat.userId}","now"\r\n`,
    );
  });

  it("leaves a CSV field empty when it is not known", () => {
    expect(listText([seat], "csv")).to.equal(`${header}"on_call","","","${seat.userId}",""\r\n`);
  });

  it("puts an apostrophe before what a spreadsheet would run as a formula", () => {
    const name = '=HYPERLINK("http://evil.example")';
    expect(listText([{ ...seat, name }], "csv")).to.include(
      `"'=HYPERLINK(""http://evil.example"")"`,
    );
    for (const formula of ["+1", "-1", "@cmd", " =1", "＝1", "＋1", "－1", "＠cmd"]) {
      expect(listText([{ ...seat, name: formula }], "csv"), formula).to.include(`"'${formula}"`);
    }
    // What a spreadsheet leaves out in front of a formula is no part of it any more.
    for (const [invisible, shown] of [
      ["\t", "\\u0009"],
      ["\r", "\\u000d"],
      ["\u200b", "\\u200b"],
    ]) {
      const text = listText([{ ...seat, name: `${invisible}=1` }], "csv");
      expect(text).to.include(`"${shown}=1"`);
    }
    expect(listText([{ ...seat, name: "a=b" }], "csv")).to.include('"a=b"');
  });

  it("aligns what can't be seen by what is shown for it", () => {
    const emails = ["a@example.com", "a\u200b@example.com"];
    const text = listText(
      emails.map((email) => ({ ...seat, email })),
      "table",
    );
    expect(text).to.include("on_call  a@example.com        ").and.include("a\\u200b@example.com  ");
  });

  it("prints JSON with the properties in the order of the table", () => {
    const text = listText([{ ...seat, email: "a@example.com" }], "json");
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
    expect(listText(holders, "table").split("\n")).to.deep.equal([
      "PRODUCT  EMAIL          NAME  USER ID  ASSIGNED AT",
      "x        a@example.com  日本  1",
      "on_call  b@example.com  Bob   2        now",
      "",
    ]);
  });
});
