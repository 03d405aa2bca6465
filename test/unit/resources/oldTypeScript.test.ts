// Pulumi compiles with the TypeScript of the program; for a program that has none it brings one of its own, an old one.
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type TypeScript from "typescript";
import { newWorkFolder } from "../../support/workFolder";

const ts: typeof TypeScript = require("@pulumi/pulumi/vendor/typescript@3.8.3/typescript.js");

const program = `import { SeatAssignment, SeatRoster, TeamSeats } from "pulumi-datadog-seats";
const [productCode, userId] = ["on_call", "3fa85f64-5717-4562-b3fc-2c963f66afa6"];
export const email = new SeatAssignment("alice", { productCode, userId }).email;
new SeatRoster("team", { productCode, members: { alice: userId } });
new TeamSeats("sre", { products: ["on_call"], members: { alice: userId } }).seats.on_call.alice;
`;

describe("the types of the package", () => {
  it("are understood by the TypeScript that Pulumi brings", () => {
    const folder = newWorkFolder("old-typescript-");
    try {
      const file = join(folder, "index.ts");
      writeFileSync(file, program);
      const compiled = ts.createProgram([file], {
        strict: true,
        target: ts.ScriptTarget.ES2019,
        module: ts.ModuleKind.CommonJS,
        moduleResolution: 2,
        skipLibCheck: true,
        noEmit: true,
        types: [],
      });
      const source = compiled.getSourceFile(file);
      const found = [
        ...compiled.getSyntacticDiagnostics(source),
        ...compiled.getSemanticDiagnostics(source),
      ];
      expect(found.map(({ messageText }) => messageText)).to.deep.equal([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
