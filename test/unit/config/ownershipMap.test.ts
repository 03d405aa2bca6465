import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { fromJSONSchema } from "zod";
import { OwnershipMap } from "../../../provider/src/config/ownershipMap";
import { nameInStack } from "../../../provider/src/config/settings";
import { user } from "../../support/ids";

const [alice, bob] = [user(1), user(2)];

describe("the ownership map", () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "map-"));
    file = join(folder, "seats.json");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const read = (
    config: Record<string, string> = { "datadogSeats:ownershipMap": file },
    environment: Record<string, string> = {},
  ) => OwnershipMap.read((key) => config[key], environment, nameInStack);
  const reads = (content: unknown) => {
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    return read();
  };

  it("is absent without a setting, or with an empty one", () => {
    expect(read({})).to.equal(undefined);
    expect(
      read({ "datadogSeats:ownershipMap": " " }, { DATADOG_SEATS_OWNERSHIP_MAP: "" }),
    ).to.equal(undefined);
  });

  it("lists users of products under stacks, by email or UUID in any case", () => {
    const map = reads({
      $schema: "./ownership-map.schema.json",
      sre: { on_call: ["Alice@Example.com"], incident_response: [] },
      "seats/platform": { on_call: [` ${bob.toUpperCase()} `] },
    });
    expect(map?.stackOf("on_call", { userId: alice, email: "ALICE@example.com" })).to.equal("sre");
    expect(map?.stackOf("on_call", { userId: alice })).to.equal(undefined);
    expect(map?.stackOf("on_call", { userId: bob })).to.equal("seats/platform");
    expect(map?.stackOf("incident_response", { userId: bob })).to.equal(undefined);
  });

  it("needs an email only of users who aren't given by UUID, of products with emails", () => {
    const map = reads({ sre: { on_call: ["alice@example.com", bob], incident_response: [alice] } });
    expect(map?.needsEmail({ productCode: "on_call", userId: alice })).to.equal(true);
    expect(map?.needsEmail({ productCode: "on_call", userId: bob })).to.equal(false);
    expect(map?.needsEmail({ productCode: "incident_response", userId: bob })).to.equal(false);
  });

  it("may begin with a byte-order mark", () => {
    expect(
      reads(`\uFEFF{"sre": {"on_call": ["${alice}"]}}`)?.stackOf("on_call", { userId: alice }),
    ).to.equal("sre");
  });

  it("of the environment wins over the one of the stack, and is what a message names", () => {
    writeFileSync(file, JSON.stringify({ sre: { on_call: [alice] } }));
    const config = { "datadogSeats:ownershipMap": join(folder, "absent.json") };
    const environment = { DATADOG_SEATS_OWNERSHIP_MAP: file };
    expect(read(config, environment)?.stackOf("on_call", { userId: alice })).to.equal("sre");
    expect(() => read(config)).to.throw(
      `(datadogSeats:ownershipMap) can't be used: there is no file ${join(folder, "absent.json")}. Correct it, or run without datadogSeats:ownershipMap.`,
    );
    writeFileSync(file, "[]");
    expect(() => read(config, environment)).to.throw("(DATADOG_SEATS_OWNERSHIP_MAP)");
  });

  const REFUSED: [what: string, content: unknown, message: string][] = [
    ["no JSON", "sre:\n  on_call: []", "it is not JSON: "],
    ["half of a file", '{"sre": {"on_call": ["', "it is not JSON: "],
    ["a list", [], "it is not an object of stacks"],
    ["nothing", "null", "it is not an object of stacks"],
    ["a stack that is a list", { sre: [alice] }, '"sre" is not an object of products'],
    [
      "a product that is no list",
      { sre: { on_call: alice } },
      'in "sre", "on_call" is not a list of users',
    ],
    [
      "a product code in upper case",
      { sre: { "On Call": [] } },
      'in "sre", "On Call": expected a product code',
    ],
    [
      "a user who is neither email nor UUID",
      { sre: { on_call: ["alice"] } },
      'in "sre", "on_call", "alice" is neither an email nor the UUID of a Datadog user',
    ],
    [
      "a user who is an object",
      { sre: { on_call: [{ email: "a@b" }] } },
      '{"email":"a@b"} is neither',
    ],
    ["a stack of three parts", { "acme/seats/sre": {} }, '"acme/seats/sre" names no stack'],
    [
      "one seat under two stacks",
      { sre: { on_call: ["alice@example.com"] }, platform: { on_call: ["ALICE@example.com"] } },
      '"sre" and "platform" both have the on_call seat of alice@example.com',
    ],
    [
      "more than 8 MiB",
      `{"sre":{"on_call":[]}}${" ".repeat(8 * 1024 * 1024)}`,
      "it has more than 8 MiB",
    ],
  ];
  for (const [what, content, message] of REFUSED) {
    it(`refuses ${what}`, () => {
      expect(() => reads(content)).to.throw(message);
    });
  }

  it("has a JSON schema that refuses the same, except for what a schema can't tell", () => {
    const text = readFileSync(
      join(__dirname, "../../../provider/ownership-map.schema.json"),
      "utf8",
    );
    const schema = fromJSONSchema(JSON.parse(text));
    const map = {
      $schema: "x",
      "seats/sre": { on_call: ["alice@example.com", bob.toUpperCase()] },
    };
    expect(schema.safeParse(map)).to.include({ success: true });
    const accepted = REFUSED.filter(([, content]) => schema.safeParse(content).success);
    expect(accepted.map(([what]) => what)).to.deep.equal(["one seat under two stacks"]);
  });

  it("refuses a folder", () => {
    mkdirSync(file);
    expect(() => read()).to.throw(`${file} is not a file`);
  });

  it("refuses a named pipe, without waiting for somebody to write to it", () => {
    execFileSync("mkfifo", [file]);
    expect(() => read()).to.throw(`${file} is not a file`);
  });

  it("refuses a user who turns out to be under two stacks, by email and by UUID", () => {
    const map = reads({ sre: { on_call: ["alice@example.com"] }, platform: { on_call: [alice] } });
    expect(() => map?.stackOf("on_call", { userId: alice, email: "alice@example.com" })).to.throw(
      `platform has user ${alice} under on_call, and sre has alice@example.com, the same user. Leave one of them out.`,
    );
  });
});
