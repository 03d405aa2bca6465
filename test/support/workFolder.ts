// Where the tests put the projects that they run.
import { mkdirSync, mkdtempSync } from "node:fs";
import { join } from "node:path";

// Inside the repository, for the programs to find its node_modules.
const parent = join(__dirname, "..", ".work");

/** A new folder, to be removed by whoever asked for it. */
export function newWorkFolder(prefix: string): string {
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, prefix));
}
