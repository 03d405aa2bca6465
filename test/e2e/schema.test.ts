import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { SCHEMA_FILE } from "../../scripts/plugin/schema";
import { pulumiEnvironment } from "../../scripts/pulumi-cli/environment";
import { anyPulumiBin } from "../../scripts/pulumi-cli/install";
import { PulumiProject } from "../../scripts/pulumi-cli/project";
import { newWorkFolder } from "../support/workFolder";

describe("provider/schema.json", () => {
  it("is a schema to Pulumi, with nothing to be warned of", async () => {
    const folder = newWorkFolder("schema-");
    const bin = await anyPulumiBin();
    const project = new PulumiProject(bin, folder, pulumiEnvironment(bin, join(folder, ".home")));
    expect(await project.succeeds("schema", "check", SCHEMA_FILE)).to.equal("");
    rmSync(folder, { recursive: true });
  });
});
