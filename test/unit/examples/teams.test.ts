import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { readTeams } from "../../../examples/stack-per-team/teams";
import { temporaryFolder } from "../../support/workFolder";

describe("examples/stack-per-team", () => {
  const folder = temporaryFolder();
  const team = (members: string) => `{ products: [on_call], members: [${members}] }`;
  const refusals: Record<string, [text: string, ...lines: string[]]> = {
    "that is not YAML": [
      "sre: { products: [on_call",
      "line 1: Flow sequence in block collection must be sufficiently indented and end with a ]: sre: { products: [on_call",
    ],
    "that names a team twice": [
      `sre: ${team("")}\nsre: ${team("")}`,
      `line 2: Map keys must be unique: sre: ${team("")}`,
    ],
    "that lists a seat twice, in one team or in two": [
      `sre: ${team("a@x.io, A@x.io, b@x.io")}\nweb: ${team("b@x.io")}`,
      "sre lists A@x.io's on_call seat twice",
      "sre and web both list b@x.io's on_call seat",
    ],
    "with unknown keys and invalid values": [
      `sre: { product: [on_call], products: [], members: [al], limit: 0.5 }`,
      "sre: products: Too small: expected array to have >=1 items",
      "sre: members: 0: expected an email",
      "sre: limit: Invalid input: expected int, received number",
      'sre: Unrecognized key: "product"',
    ],
    "with a name that no stack can have": [
      `a b: ${team("")}`,
      "a b: a name has only letters, digits, dots, hyphens and underscores",
    ],
    "that is empty": ["", "Invalid input: expected record, received null"],
  };
  for (const [what, [text, ...lines]] of Object.entries(refusals)) {
    it(`refuses a teams.yaml ${what}`, () => {
      const file = join(folder(), "teams.yaml");
      writeFileSync(file, text);
      const said = lines.map((line) => `${file}${line.startsWith("line") ? "," : ":"} ${line}`);
      expect(() => readTeams(file))
        .to.throw()
        .with.property("message", said.join("\n"));
    });
  }
});
