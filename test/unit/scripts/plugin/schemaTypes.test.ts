import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { Declarations } from "../../../../scripts/plugin/declarations";
import { SchemaTypes } from "../../../../scripts/plugin/schemaTypes";
import { temporaryFolder } from "../../../support/workFolder";

describe("SchemaTypes", () => {
  const folder = temporaryFolder();

  function types(source: string): SchemaTypes {
    const file = join(folder(), "source.ts");
    writeFileSync(file, source);
    return new SchemaTypes(new Declarations([file]), "p:index");
  }

  it("reads inputs and outputs, however they are wrapped", () => {
    const { properties, required } = types(`
      export interface Args {
        /** A. */ a: pulumi.Input<string>;
        /** B. */ b?: pulumi.Input<pulumi.Input<number>[]>;
        /** C. */ c: pulumi.Input<Record<string, pulumi.Input<boolean>>>;
        /** D. */ d: pulumi.Output<string | undefined>;
      }
    `).object("Args");
    expect(properties).to.deep.equal({
      a: { type: "string", description: "A." },
      b: { type: "array", items: { type: "integer" }, description: "B." },
      c: { type: "object", additionalProperties: { type: "boolean" }, description: "C." },
      d: { type: "string", description: "D." },
    });
    expect(required).to.deep.equal(["a", "c"]);
  });

  it("names unions of strings and interfaces, and takes a union that any string fits as a string", () => {
    const all = types(`
      /** E. */ export type E = "x" | "y";
      export type Open = "x" | (string & {});
      /** U. */ export interface U {
        /** V. */ v: string;
      }
      export interface Args {
        /** A. */ e: E;
        /** B. */ open: Open;
        /** C. */ users: U[];
      }
    `);
    expect(all.object("Args").properties).to.deep.equal({
      e: { $ref: "#/types/p:index:E", description: "A." },
      open: { type: "string", description: "B." },
      users: { type: "array", items: { $ref: "#/types/p:index:U" }, description: "C." },
    });
    expect(all.named).to.deep.equal({
      "p:index:E": { description: "E.", type: "string", enum: [{ value: "x" }, { value: "y" }] },
      "p:index:U": {
        description: "U.",
        type: "object",
        properties: { v: { type: "string", description: "V." } },
        required: ["v"],
      },
    });
  });

  it("takes of a docstring what comes before its first block tag, as plain text", () => {
    const { properties } = types(`
      export interface Args {
        /**
         * One {@link Other.member}
         * paragraph.
         *
         * Another.
         *
         * @remarks For TypeScript.
         * @secret
         */
        a: string;
      }
    `).object("Args");
    expect(properties.a).to.deep.equal({
      type: "string",
      description: "One `Other.member` paragraph.\n\nAnother.",
      secret: true,
    });
  });

  it("of a class reads what is declared for Pulumi to define, and nothing else", () => {
    const { properties } = types(`
      class Resource {
        static readonly pulumiType = "t";
        /** A. */ declare readonly a: pulumi.Output<string>;
        constructor(name: string) {}
        method(): void {}
      }
    `).object("Resource");
    expect(Object.keys(properties)).to.deep.equal(["a"]);
  });

  const refusals: [what: string, source: string, message: string][] = [
    ["without a docstring", "interface Args {\n a: string }", "Args.a has no docstring."],
    [
      "of a type that schemas do not have",
      "interface Args {\n/** A. */ a: () => void }",
      "() => void",
    ],
    ["of a type from elsewhere", "interface Args {\n/** A. */ a: Elsewhere }", "Elsewhere"],
  ];
  for (const [what, source, message] of refusals) {
    it(`refuses a property ${what}`, () => {
      expect(() => types(source).object("Args")).to.throw(message);
    });
  }
});
