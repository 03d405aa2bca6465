import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import ts from "typescript";
import { readDocument, repository } from "../../support/markdown";

// Those in TypeScript.
const examples = readdirSync(join(repository, "examples")).filter((name) =>
  existsSync(join(repository, "examples", name, "package.json")),
);

describe("the examples", () => {
  it("compile with the tsconfig.json that each brings along, which is the same in all", () => {
    const [config = "", ...others] = examples.map((name) =>
      readDocument(`examples/${name}/tsconfig.json`),
    );
    for (const other of others) expect(other).to.equal(config);

    const folder = join(repository, "examples");
    const { config: parsed } = ts.parseConfigFileTextToJson("tsconfig.json", config);
    const { options, errors } = ts.parseJsonConfigFileContent(parsed, ts.sys, folder);
    const files = examples.flatMap((name) =>
      readdirSync(join(folder, name))
        .filter((file) => file.endsWith(".ts"))
        .map((file) => join(folder, name, file)),
    );
    const found = [...errors, ...ts.getPreEmitDiagnostics(ts.createProgram(files, options))];
    // That there is no file beside the examples themselves is none of their problems.
    const problems = found.filter(({ code }) => code !== 18003);
    expect(problems.map(({ messageText }) => messageText)).to.deep.equal([]);
  });
});
