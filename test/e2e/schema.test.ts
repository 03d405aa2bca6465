import { execFile } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { SCHEMA_FILE } from "../../scripts/plugin/schema";
import { sdkGenerator } from "../../scripts/pulumi-cli/goTools";
import { anyPulumiBin } from "../../scripts/pulumi-cli/install";
import { PulumiProject } from "../../scripts/pulumi-cli/project";
import { cliEnvironment } from "../support/cliEnvironment";
import { skip } from "../support/skip";
import { newWorkFolder } from "../support/workFolder";

describe("provider/schema.json", () => {
  it("is a schema to Pulumi, with nothing to be warned of", async () => {
    const folder = newWorkFolder("schema-");
    const bin = await anyPulumiBin();
    const project = new PulumiProject(bin, folder, cliEnvironment(bin, join(folder, ".home")));
    expect(await project.succeeds("schema", "check", SCHEMA_FILE)).to.equal("");
    rmSync(folder, { recursive: true });
  });

  it("gives SDKs that name its values as their languages do and keep a token secret, and one for Node.js that can be installed", async function () {
    // What Go has to build takes minutes on a new machine.
    this.timeout(1_200_000);
    let generator: string;
    try {
      generator = await sdkGenerator();
    } catch (error) {
      skip(this, (error as Error).message);
    }
    const folder = newWorkFolder("sdks-");
    await promisify(execFile)(generator, [SCHEMA_FILE, folder]);
    const generated = (file: string) => readFileSync(join(folder, file), "utf8");
    expect(generated("nodejs/types/enums/index.ts")).to.include('    Adopt: "adopt",');
    expect(generated("python/pulumi_datadog_seats/_enums.py")).to.include('    ADOPT = "adopt"');
    expect(generated("go/datadogseats/pulumiEnums.go")).to.include(
      'ExistingSeatAdopt  = ExistingSeat("adopt")',
    );
    expect(generated("python/pulumi_datadog_seats/provider.py")).to.include("bearer_token");
    expect(generated("nodejs/provider.ts")).to.match(/pulumi\.secret\(args\??\.bearerToken\)/);
    expect(JSON.parse(generated("nodejs/package.json"))).to.include({ main: "bin/index.js" });
    rmSync(folder, { recursive: true });
  });
});
