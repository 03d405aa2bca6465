// Python: packages of it, and programs in it.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * Creates the virtual environment `venv` of a project.
 *
 * @throws Error that says why there can be none here
 */
export async function virtualEnvironment(project: string, ...packages: string[]): Promise<void> {
  await command(project, "python3", "-m", "venv", "venv");
  await installPackages(project, ...packages);
}

/** @param packages as pip takes them */
export async function installPackages(project: string, ...packages: string[]): Promise<void> {
  await command(project, join(project, "venv", "bin", "pip"), "install", "--quiet", ...packages);
}

async function command(cwd: string, file: string, ...args: string[]): Promise<void> {
  try {
    await run(file, args, { cwd });
  } catch (error) {
    const { stdout = "", stderr = "", message } = error as Error & Record<string, string>;
    const reason = `${stdout}${stderr}`.trim().split("\n").at(-1) || message;
    throw new Error(`${file} ${args.join(" ")} failed: ${reason}`);
  }
}
