// Where the tests put the projects that they run.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// Inside the repository, for the programs to find its node_modules.
const parent = join(__dirname, "..", ".work");

/** A new folder, to be removed by whoever asked for it. */
export function newWorkFolder(prefix: string): string {
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, prefix));
}

/** A folder elsewhere, anew for each test of a `describe`. */
export function temporaryFolder(): () => string {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "seats-test-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  return () => folder;
}
