import { expect } from "chai";
import { code, markdownTable } from "../../../provider/src/cli/tables";

describe("code", () => {
  const codes: [what: string, text: string, markdown: string][] = [
    ["plain text", "alice@example.com", "`alice@example.com`"],
    ["Markdown, HTML and mentions", "**@acme/all** <b>#1", "`**@acme/all** <b>#1`"],
    ["backticks", "a`b``c", "```a`b``c```"],
    ["backticks at the ends", "`a", "`` `a ``"],
    ["a bar, which would end a cell", "a|b", "`a`&#124;`b`"],
    ["a bar after a backslash", "a\\|b", "`a\\`&#124;`b`"],
    ["bars alone", "||", "&#124;&#124;"],
    ["line ends and control characters", "a\r\n\n# b\u001b[2Jc", "`a # b\\u001b[2Jc`"],
    ["what turns the direction of writing", "a\u202eb", "`a\\u202eb`"],
    ["what can't be seen", "a\u200bb\u3164c", "`a\\u200bb\\u3164c`"],
    ["nothing", "", ""],
  ];
  for (const [what, text, markdown] of codes) {
    it(`makes ${what} harmless`, () => {
      expect(code(text)).to.equal(markdown);
    });
  }
});

describe("markdownTable", () => {
  it("has a row for each line, and aligns numbers to the right", () => {
    expect(markdownTable(["who", "seats:"], [["`alice`", "1"]])).to.equal(
      "| who | seats |\n| --- | --: |\n| `alice` | 1 |\n",
    );
  });
});
