import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { readDocument, repository, tableRows } from "../../support/markdown";

function folders(parent: string): string[] {
  return readdirSync(join(repository, parent), { withFileTypes: true })
    .filter(
      (entry) =>
        entry.isDirectory() && !/^(\.|(node_modules|reports|dist-release)$)/.test(entry.name),
    )
    .map(({ name }) => (parent ? `${parent}/${name}` : name));
}

describe("CONTRIBUTING.md", () => {
  it("says what is in every folder, and names no other", () => {
    const named = tableRows("CONTRIBUTING.md", "folder").map(([folder = ""]) =>
      folder.replaceAll("`", ""),
    );
    const inside = ["provider/src", "test"];
    const expected = [...folders(""), ...inside.flatMap(folders)].filter(
      (folder) => !["provider", "test"].includes(folder),
    );
    expect(named.sort()).to.deep.equal(expected.sort());
  });

  const answers: [string, RegExp][] = [
    ["Where is a 422 split?", /\b422\b/],
    ["What happens when the engine dies while a write is in flight?", /engine ends/],
    ["Where do I add a tenth site?", /"datadoghq\.eu"/],
  ];
  for (const [question, answer] of answers) {
    it(`names the file that answers "${question}"`, () => {
      const row = tableRows("CONTRIBUTING.md", "question").find(([asked]) => asked === question);
      const [, file = ""] = /\((.*)\)/.exec(row?.[1] ?? "") ?? [];
      expect(readDocument(file)).to.match(answer);
    });
  }
});
