// A stack of a program of the benchmark, on a simulated Datadog.
import { cpSync, mkdirSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import { pulumiEnvironment } from "../scripts/pulumi-cli/environment";
import { anyPulumiBin } from "../scripts/pulumi-cli/install";
import { PulumiProject } from "../scripts/pulumi-cli/project";
import type { Simulator } from "../simulator/src";

// Inside the repository, so that the programs find its node_modules.
const parent = join(__dirname, ".work");

/** Creates a stack in a new folder, to be removed by the caller, with a home and a backend of its own. */
export async function createStack(simulator: Simulator, program: string): Promise<PulumiProject> {
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, "stack-"));
  cpSync(program, folder, { recursive: true });
  const bin = await anyPulumiBin();
  const project = new PulumiProject(bin, folder, {
    ...pulumiEnvironment(bin, join(folder, ".home")),
    PULUMI_STACK: "bench",
    DD_HOST: simulator.url,
    DD_API_KEY: simulator.keys.apiKey,
    DD_APP_KEY: simulator.keys.appKey,
  });
  await project.succeeds("stack", "init", "bench");
  return project;
}
