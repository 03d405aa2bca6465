import { readFileSync } from "node:fs";
import { expect } from "chai";
import { PROVIDER_ARGUMENTS } from "../../../../provider/src/config/settings";
import { SCHEMA_FILE, schemaText } from "../../../../scripts/plugin/schema";

interface Property {
  readonly description: string;
  readonly type?: string;
  readonly secret?: boolean;
}
interface Schema {
  readonly version: string;
  readonly provider: { inputProperties: Record<string, Property> };
  readonly config: { variables: Record<string, Property> };
  readonly resources: Record<
    string,
    {
      description: string;
      properties: Record<string, Property>;
      required: string[];
      inputProperties: Record<string, Property>;
      requiredInputs: string[];
    }
  >;
  readonly functions: Record<string, { inputs: { properties: object; required: string[] } }>;
  readonly types: Record<string, { enum?: unknown; properties?: object }>;
}

describe("provider/schema.json", () => {
  const text = readFileSync(SCHEMA_FILE, "utf8");
  const schema = JSON.parse(text) as Schema;

  it("is what `npm run schema` makes of the sources", () => {
    expect(text).to.equal(schemaText());
  });

  it("has the resources, functions and types of the plugin", () => {
    expect(Object.keys(schema.resources)).to.deep.equal([
      "datadog-seats:index:SeatAssignment",
      "datadog-seats:index:SeatRoster",
    ]);
    expect(Object.keys(schema.functions)).to.deep.equal([
      "datadog-seats:index:getOnCallUsers",
      "datadog-seats:index:getSeatUsers",
      "datadog-seats:index:getTeamMembers",
      "datadog-seats:index:getUserIds",
    ]);
    expect(schema.types).to.have.all.keys(
      "datadog-seats:index:DisabledUsers",
      "datadog-seats:index:ExistingSeat",
      "datadog-seats:index:SeatUser",
    );
  });

  it("tells what is required, and which outputs are always known", () => {
    const { "datadog-seats:index:SeatAssignment": assignment } = schema.resources;
    expect(assignment?.requiredInputs).to.deep.equal(["productCode", "userId"]);
    expect(assignment?.required).to.deep.equal(["productCode", "userId"]);
    expect(assignment?.properties).to.include.all.keys("adopted", "email", "name", "assignedAt");
    const { "datadog-seats:index:SeatRoster": roster } = schema.resources;
    expect(roster?.requiredInputs).to.deep.equal(["productCode", "members"]);
    expect(roster?.inputProperties.members).to.deep.include({
      type: "object",
      additionalProperties: { type: "string" },
    });
    expect(roster?.inputProperties.maxRemovals).to.include({ type: "integer" });
  });

  it("has an argument of the provider for each that the plugin takes, and no other", () => {
    expect(Object.keys(schema.provider.inputProperties)).to.have.members(PROVIDER_ARGUMENTS);
  });

  it("takes both keys and the token as secrets, and nothing else", () => {
    const secret = (properties: Record<string, Property>) =>
      Object.keys(properties).filter((name) => properties[name]?.secret);
    expect(secret(schema.provider.inputProperties)).to.deep.equal([
      "apiKey",
      "appKey",
      "bearerToken",
    ]);
    expect(schema.config.variables).to.deep.equal(schema.provider.inputProperties);
  });

  it("says nothing that holds for the dynamic provider or for TypeScript alone", () => {
    expect(text).to.not.match(/"org"|datadogSeats:|`undefined`|@link|(?<!\w)@example|unit test/);
  });

  it("describes with the docstrings of the sources, a paragraph a line, before the example", () => {
    const [description] =
      schema.resources["datadog-seats:index:SeatRoster"]?.description.split("\n\n{{%") ?? [];
    expect(description?.split("\n\n")).to.have.lengthOf(3);
    expect(description).to.match(
      /^Many users' seats of one Datadog product, in one resource\.\n\n/,
    );
  });
});
