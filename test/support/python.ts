// Python, for tests of programs in it.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** @throws Error that says why there can be none here */
export async function virtualEnvironment(folder: string, packages: readonly string[]) {
  await command("python3", ["-m", "venv", folder]);
  await installPackages(folder, packages);
}

/** @param packages as pip takes them */
export async function installPackages(environment: string, packages: readonly string[]) {
  const pip = join(environment, "bin", "pip");
  await command(pip, ["install", "--quiet", ...packages], environment);
}

async function command(file: string, args: readonly string[], cwd?: string): Promise<void> {
  try {
    await run(file, args, { cwd });
  } catch (error) {
    const { stdout = "", stderr = "", message } = error as Error & Record<string, string>;
    const reason = `${stdout}${stderr}`.trim().split("\n").at(-1) || message;
    throw new Error(`${file} ${args.join(" ")} failed: ${reason}`);
  }
}
