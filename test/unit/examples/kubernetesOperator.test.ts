import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { parse, parseAllDocuments } from "yaml";
import { z } from "zod";
import { readDocument, repository } from "../../support/markdown";
import { temporaryFolder } from "../../support/workFolder";

const example = join(repository, "examples", "kubernetes-operator");

/** A schema that refuses what it doesn't know, as the API server does for `kubectl apply`. */
function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strict);
  if (typeof schema !== "object" || schema === null) return schema;
  const parts = Object.entries(schema).map(([key, value]) => [key, strict(value)]);
  const unknown = "properties" in schema && { additionalProperties: false };
  return { ...unknown, ...Object.fromEntries(parts) };
}

const { openAPIV3Schema } = JSON.parse(
  readDocument("test/unit/examples/fixtures/stacks.pulumi.com.json"),
);
const Stack = z.fromJSONSchema(strict(openAPIV3Schema) as z.core.JSONSchema.JSONSchema);

/** What the definition says is wrong with a resource. */
const problems = (resource: unknown) =>
  (Stack.safeParse(resource).error?.issues ?? []).map(({ path, message }) => {
    return `${path.join(".")}: ${message}`;
  });

const stacksOf = (teams: string) =>
  spawnSync(process.execPath, ["--import", "tsx", "stacks.ts", teams], {
    cwd: example,
    encoding: "utf8",
  });

describe("examples/kubernetes-operator", () => {
  const folder = temporaryFolder();
  const text = readDocument("examples/kubernetes-operator/stacks.yaml");
  const stacks = parseAllDocuments(text).map((document) => document.toJS());

  it("shows what its script makes of the teams of examples/seats-by-pull-request", () => {
    const { stdout, stderr } = stacksOf(join("..", "seats-by-pull-request", "teams.yaml"));
    expect(stderr).to.equal("");
    expect(stdout).to.equal(text);
    const teams = Object.keys(parse(readDocument("examples/seats-by-pull-request/teams.yaml")));
    expect(stacks.map(({ spec }) => spec.stack)).to.deep.equal(
      teams.map((team) => `acme/seats/${team}`),
    );
  });

  it("is made of Stacks by the definition of the operator", () => {
    for (const stack of stacks) expect(problems(stack)).to.deep.equal([]);
  });

  it("would be refused with a field that the operator doesn't know, lacks or has another type of", () => {
    const [{ spec, ...stack }] = stacks as [{ spec: Record<string, unknown> }];
    const refused = (changes: object) => problems({ ...stack, spec: { ...spec, ...changes } });
    expect(refused({ refreshed: true })).to.deep.equal(['spec: Unrecognized key: "refreshed"']);
    expect(refused({ stack: undefined })).to.have.length(1);
    expect(refused({ resyncFrequencySeconds: "3600" })).to.have.length(1);
    expect(refused({ envRefs: { KEY: { type: "Secret", secret: { name: "a" } } } })).to.have.length(
      1,
    );
  });

  it("refuses a team whose name can't be that of a Stack", () => {
    for (const name of ["Platform", "a_b", "x".repeat(37)]) {
      writeFileSync(join(folder(), "teams.yaml"), `${name}: {}\n`);
      const { status, stderr } = stacksOf(join(folder(), "teams.yaml"));
      expect(status, name).to.equal(1);
      expect(stderr).to.equal(
        `error: "seats-${name}" can't name a Stack: up to 42 of a-z, 0-9 and "-".\n`,
      );
    }
  });
});
