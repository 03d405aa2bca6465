import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { expect } from "chai";
import { pulumiEnvironment } from "../../../../scripts/pulumi-cli/environment";

describe("pulumiEnvironment", () => {
  const environment = { ...process.env };
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "environment-"));
  });
  afterEach(() => {
    process.env = { ...environment };
    rmSync(folder, { recursive: true });
  });

  it("puts the CLI first on the PATH, and home and backend into a folder that it creates", () => {
    const home = join(folder, "home");
    const result = pulumiEnvironment("/the/bin", home);
    expect(result.PATH?.split(delimiter)[0]).to.equal("/the/bin");
    expect(result.PULUMI_HOME).to.equal(home);
    expect(result.PULUMI_BACKEND_URL).to.match(/^file:\/\/.*home\?metadata=skip$/);
    expect(statSync(home).isDirectory()).to.equal(true);
  });

  it("leaves out the stack that the user has selected, and changes nothing in this process", () => {
    process.env.PULUMI_STACK = "production";
    process.env.SOMETHING_ELSE = "kept";
    const result = pulumiEnvironment("/the/bin", folder);
    expect(result).to.not.have.property("PULUMI_STACK");
    expect(result.SOMETHING_ELSE).to.equal("kept");
    expect(process.env.PULUMI_STACK).to.equal("production");
  });
});
