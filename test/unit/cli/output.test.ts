import { expect } from "chai";
import { formatted } from "../../../provider/src/cli/output";
import { user } from "../../support/ids";

const id = user(1);
const header = '"email","name","user_id","assigned_at"\r\n';

describe("formatted", () => {
  it("quotes every CSV field, doubles quotes within, and ends every line as RFC 4180 says", () => {
    const holder = { id, email: "a@example.com", name: 'say "hi", all\nof you', assignedAt: "now" };
    expect(formatted([holder], "csv")).to.equal(
      `${header}"a@example.com","say ""hi"", all\nof you","${id}","now"\r\n`,
    );
  });

  it("leaves a CSV field empty when it is not known", () => {
    expect(formatted([{ id }], "csv")).to.equal(`${header}"","","${id}",""\r\n`);
  });

  it("puts an apostrophe before what a spreadsheet would run as a formula", () => {
    const name = '=HYPERLINK("http://evil.example")';
    expect(formatted([{ id, name }], "csv")).to.include(`"'=HYPERLINK(""http://evil.example"")"`);
    for (const formula of ["+1", "-1", "@cmd", "\t=1", "\r=1"]) {
      expect(formatted([{ id, name: formula }], "csv"), formula).to.include(`"'${formula}"`);
    }
    expect(formatted([{ id, name: "a=b" }], "csv")).to.include('"a=b"');
  });

  it("prints JSON with the properties in the order of the table", () => {
    const text = formatted([{ id, email: "a@example.com" }], "json");
    expect(text).to.equal(`[\n  {\n    "email": "a@example.com",\n    "userId": "${id}"\n  }\n]\n`);
  });

  it("aligns the columns of a table by the width of letters on a terminal", () => {
    const holders = [
      { id: "1", email: "a@example.com", name: "日本" },
      { id: "2", email: "b@example.com", name: "Bob", assignedAt: "now" },
    ];
    expect(formatted(holders, "table").split("\n")).to.deep.equal([
      "EMAIL          NAME  USER ID  ASSIGNED AT",
      "a@example.com  日本  1",
      "b@example.com  Bob   2        now",
      "",
    ]);
  });
});
