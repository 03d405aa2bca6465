// Projects of the benchmark's programs, on a simulated Datadog.
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pulumiEnvironment } from "../scripts/pulumi-cli/environment";
import { anyPulumiBin } from "../scripts/pulumi-cli/install";
import { PulumiProject } from "../scripts/pulumi-cli/project";
import type { Simulator } from "../simulator/src";

// Inside the repository, so that the programs find its node_modules.
const parent = join(__dirname, ".work");

/** A copy of a program in a folder of its own, with a home and a backend of its own. */
class BenchProject extends PulumiProject {
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export async function createProject(simulator: Simulator, program: string): Promise<BenchProject> {
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, "stack-"));
  cpSync(program, folder, { recursive: true });
  const bin = await anyPulumiBin();
  return new BenchProject(bin, folder, {
    ...pulumiEnvironment(bin, join(folder, ".home")),
    DD_HOST: simulator.url,
    DD_API_KEY: simulator.keys.apiKey,
    DD_APP_KEY: simulator.keys.appKey,
    // It wins over a token of the user's own shell.
    DD_BEARER_TOKEN: simulator.keys.token,
  });
}

/** As `createProject`, with one stack. */
export async function createStack(simulator: Simulator, program: string): Promise<BenchProject> {
  const project = await createProject(simulator, program);
  project.environment.PULUMI_STACK = "bench";
  await project.succeeds("stack", "init", "bench");
  return project;
}
