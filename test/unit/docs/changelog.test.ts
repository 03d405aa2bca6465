import { expect } from "chai";
import { readChangelog, releasedOn, releaseProblem } from "../../../scripts/changelog";
import { manifest } from "../../../scripts/plugin/manifest";
import { readDocument } from "../../support/markdown";

const changelog = (heading: string, text = "### Added\n\n- This.\n") =>
  `# Changelog\n\n## [Unreleased]\n\n${heading}\n\n${text}`;

describe("the changelog", () => {
  it("is in the format of Keep a Changelog; the newest version is the package's", () => {
    const releases = readChangelog(readDocument("CHANGELOG.md"));
    const [newest] = releases.filter(({ version }) => version !== "Unreleased");
    expect(newest?.version).to.equal(manifest.version);
  });

  it("gives its newest section the version and the day of a release, which can then be released", () => {
    const headings = { "## [Unreleased]": "0.1.0", "## [0.1.0]": "0.1.0", "## [0.0.9]": "0.2.0" };
    for (const [heading, version] of Object.entries(headings)) {
      const text = `# Changelog\n\n${heading}\n\n### Added\n\n- This.\n`;
      const released = releasedOn(text, version, "2026-12-01");
      expect(released).to.equal(text.replace(heading, `## [${version}] - 2026-12-01`));
      expect(releaseProblem(released, version)).to.equal(undefined);
      expect(() => releasedOn(released, "0.3.0", "2026-12-02")).to.throw("no section");
    }
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
