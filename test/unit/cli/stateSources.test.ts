import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { seatsOfFile, seatsOfStack } from "../../../provider/src/cli/stateSources";
import { user } from "../../support/ids";
import { rejection } from "../../support/rejection";

const codes = ["on_call"];
const type = "pulumi-nodejs:dynamic/datadog:SeatAssignment";
const urn = `urn:pulumi:test::e2e::${type}::alice`;
const state = JSON.stringify({ resources: [{ type, urn, id: `on_call/${user(1)}` }] });

describe("seatsOfFile", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "states-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("reads the seats of a state in a file", async () => {
    const file = join(folder, "state.json");
    writeFileSync(file, state);
    const [seat, ...more] = await seatsOfFile(file, codes);
    expect(seat).to.deep.include({ productCode: "on_call", userId: user(1) });
    expect(more).to.deep.equal([]);
  });

  it("names a file that is missing or is no state", async () => {
    const missing = join(folder, "missing.json");
    expect((await rejection(seatsOfFile(missing, codes))).message).to.match(
      /^Could not read .*missing\.json: ENOENT/,
    );
    const text = join(folder, "text.txt");
    writeFileSync(text, "resources");
    expect((await rejection(seatsOfFile(text, codes))).message).to.equal(
      `${text} is not a Pulumi state: it is not JSON.`,
    );
  });
});

describe("seatsOfStack", () => {
  it("says that there is no pulumi on the PATH", async () => {
    const { PATH } = process.env;
    process.env.PATH = "";
    try {
      expect((await rejection(seatsOfStack("dev", codes))).message).to.equal(
        "Could not export the stack dev: there is no `pulumi` on the PATH",
      );
    } finally {
      process.env.PATH = PATH;
    }
  });
});
