import { expect } from "chai";
import { readChangelog, releaseProblem } from "../../../scripts/changelog";
import { readDocument } from "../../support/markdown";

const changelog = (heading: string, text = "### Added\n\n- This.\n") =>
  `# Changelog\n\n## [Unreleased]\n\n${heading}\n\n${text}`;

describe("the changelog", () => {
  it("is in the format of Keep a Changelog, and begins with what is unreleased", () => {
    const [first] = readChangelog(readDocument("CHANGELOG.md"));
    expect(first?.version).to.equal("Unreleased");
  });

  it("lets a version be released that has a date and changes", () => {
    expect(releaseProblem(changelog("## [0.1.0] - 2026-12-01"), "0.1.0")).to.equal(undefined);
  });

  const problems: [string, string, string][] = [
    ["without its section", changelog("## [0.0.9] - 2026-12-01"), 'no "## [0.1.0]"'],
    ["without a date", changelog("## [0.1.0]"), "no date"],
    ["without changes", changelog("## [0.1.0] - 2026-12-01", ""), "no changes"],
  ];
  for (const [what, text, problem] of problems) {
    it(`refuses a version ${what}`, () => {
      expect(releaseProblem(text, "0.1.0")).to.include(problem);
    });
  }

  it("refuses headings that the format does not have", () => {
    expect(() => readChangelog(changelog("## 0.1.0"))).to.throw('"## 0.1.0" is not');
    expect(() => readChangelog(changelog("## [0.1.0]", "### Mended\n"))).to.throw("Mended");
  });
});
