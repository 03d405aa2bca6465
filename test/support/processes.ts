// The processes of a run: the engine, and what it has started.
import { execFileSync, spawnSync } from "node:child_process";
import { isProviderCommand } from "../../scripts/pulumi-cli/plugin";

export interface Process {
  readonly pid: number;
  readonly command: string;
}

/** All that a process has started, and what those have, as long as it lives. */
export function descendants(pid: number): Process[] {
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" });
  const processes = table.split("\n").flatMap((line) => {
    const [, id, parent, command = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return id ? [{ pid: Number(id), parent: Number(parent), command }] : [];
  });
  const below = (parent: number): Process[] =>
    processes.filter((one) => one.parent === parent).flatMap((one) => [one, ...below(one.pid)]);
  return below(pid);
}

export const isProvider = ({ command }: Process) => isProviderCommand(command);

/** Sends a signal to a process that may have ended already. */
export function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Resolves when the process has ended, however: it is nobody's child any more whose end would be told. */
export async function ended(pid: number): Promise<void> {
  while (isAlive(pid)) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Whether it runs: one that has ended may stay in the table until somebody asks how. */
function isAlive(pid: number): boolean {
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
  return /^[^Z]/.test(stdout.trim());
}
