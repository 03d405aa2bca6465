import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect } from "chai";
import { repository as github } from "../../../scripts/plugin/manifest";
import { registryPages } from "../../../scripts/plugin/registryPages";
import { guides, readDocument, repository } from "../../support/markdown";

const examples = readdirSync(join(repository, "examples"))
  .map((name) => `examples/${name}/README.md`)
  .filter((file) => existsSync(join(repository, file)));
const documents = [
  ...guides,
  ...Object.keys(registryPages()),
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  "SECURITY.md",
  "bench/README.md",
  ...examples,
];

const withoutCode = (text: string) => text.replace(/^```[\s\S]*?^```$/gm, "");

function targets(file: string): string[] {
  const found = [...withoutCode(readDocument(file)).matchAll(/\]\(([^)\s]+)\)/g)];
  return found.map(([, target = ""]) => target);
}

/** The targets of a document's links to files of the repository. */
const links = (file: string) => targets(file).filter((target) => !/^https?:/.test(target));

/** Those of its links to files on GitHub, as links from the root. */
const absoluteLinks = (file: string) =>
  targets(file)
    .filter((target) => target.startsWith(github.url))
    .map((target) => target.replace(`${github.url}/blob/main/`, ""));

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
      const relative = links(document).map((target) =>
        target.startsWith("#") ? document + target : join(dirname(document), target),
      );
      const broken = [...relative, ...absoluteLinks(document)].filter((target) => {
        const [file = "", anchor] = target.split("#");
        if (!existsSync(join(repository, file))) return true;
        return anchor !== undefined && !anchors(file).includes(anchor);
      });
      expect(broken).to.deep.equal([]);
    });
  }

  it("of the npm package and of Pulumi's registry link to GitHub: they are read where there are no files", () => {
    for (const file of ["provider/README.md", ...Object.keys(registryPages())]) {
      expect(links(file)).to.deep.equal([]);
      expect(absoluteLinks(file)).to.have.length.above(3);
    }
  });

  it("are all reached: those about tasks from the README, and every page from docs/README.md", () => {
    const index = readDocument("docs/README.md");
    const [tasks = ""] = index.split("## Reference");
    const pages = guides.filter((file) => /^docs\/[a-z]/.test(file)).map((file) => basename(file));
    expect(links("docs/README.md")).to.include.members(pages);
    expect(links("README.md")).to.include("docs/README.md");
    const first = [...tasks.matchAll(/\(([\w-]+\.md)\)/g)].slice(0, 6);
    expect(links("README.md")).to.include.members(first.map(([, page]) => `docs/${page}`));
  });

  it("link to every example from docs/README.md", () => {
    const projects = examples.map((file) => `../${dirname(file)}`);
    expect(links("docs/README.md")).to.include.members(projects);
  });

  it("begin with a README of at most 100 lines", () => {
    expect(readDocument("README.md").split("\n").length).to.be.at.most(100);
  });
});
