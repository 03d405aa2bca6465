import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { guides, readDocument, repository } from "../../support/markdown";

const examples = readdirSync(join(repository, "examples"))
  .map((name) => `examples/${name}/README.md`)
  .filter((file) => existsSync(join(repository, file)));
const documents = [
  ...guides,
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  "SECURITY.md",
  "bench/README.md",
  ...examples,
];

const withoutCode = (text: string) => text.replace(/^```[\s\S]*?^```$/gm, "");

/** The targets of a document's links to files of the repository. */
function links(file: string): string[] {
  const targets = [...withoutCode(readDocument(file)).matchAll(/\]\(([^)\s]+)\)/g)];
  return targets.map(([, target = ""]) => target).filter((target) => !/^https?:/.test(target));
}

/** The anchors that GitHub gives to the headings of a document. */
function anchors(file: string): string[] {
  const headings = [...withoutCode(readDocument(file)).matchAll(/^#+ (.*)$/gm)];
  return headings.map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replace(/ /g, "-"),
  );
}

describe("the documents", () => {
  for (const document of documents) {
    it(`link to files and headings that exist: ${document}`, () => {
      const broken = links(document).filter((target) => {
        const [path = "", anchor] = target.split("#");
        const file = path ? join(dirname(document), path) : document;
        if (!existsSync(join(repository, file))) return true;
        return anchor !== undefined && !anchors(file).includes(anchor);
      });
      expect(broken).to.deep.equal([]);
    });
  }

  it("of the npm package link to no file: they are read where there is none", () => {
    expect(links("provider/README.md")).to.deep.equal([]);
  });

  it("are all reached from the README", () => {
    const pages = guides.filter((file) => file.startsWith("docs/"));
    expect(links("README.md")).to.include.members(pages);
  });

  it("begin with a README of at most 150 lines", () => {
    expect(readDocument("README.md").split("\n").length).to.be.at.most(150);
  });
});
