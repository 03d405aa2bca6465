import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { readDocument, repository } from "../../support/markdown";

/** All that the provider can say, as it is written in its code. */
const sources = readdirSync(join(repository, "provider", "src"), {
  recursive: true,
  encoding: "utf8",
})
  .filter((file) => file.endsWith(".ts"))
  .map((file) => readFileSync(join(repository, "provider", "src", file), "utf8"))
  .join("\n")
  .replaceAll("\\`", "");

/** The messages of the page, but for those that Pulumi says. */
function messages(): string[] {
  const [own = ""] = readDocument("docs/troubleshooting.md").split("## Pulumi itself");
  const cells = [...own.matchAll(/^\| (`.*?) \|/gm)].map(([, cell = ""]) => cell);
  return cells.flatMap((cell) => [...cell.matchAll(/`(.*?)`/g)].map(([, message = ""]) => message));
}

describe("docs/troubleshooting.md", () => {
  it("lists messages", () => {
    expect(messages()).to.have.length.above(30);
  });

  for (const message of messages()) {
    it(`quotes a message that the provider has: ${message}`, () => {
      // What differs from case to case: "…", and the status of a response.
      const parts = message.split(/…|\b\d{3}\b/).map((part) => part.trim());
      const missing = parts.filter((part) => part.length > 3 && !sources.includes(part));
      expect(missing).to.deep.equal([]);
    });
  }
});
