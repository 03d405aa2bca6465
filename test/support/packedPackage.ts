// The package as npm would publish it.
import { execFile } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { repository } from "./markdown";

const { version } = require("../../provider/package.json") as { version: string };

/** @returns the path of the archive. Packing makes `dist` anew, which other tests run on: hence of a copy, in the folder. */
export async function packInto(folder: string): Promise<string> {
  for (const name of ["src", "bin", "package.json", "schema.json", "tsconfig.json"]) {
    cpSync(join(repository, "provider", name), join(folder, "provider", name), { recursive: true });
  }
  for (const name of ["tsconfig.json", "README.md", "LICENSE"]) {
    cpSync(join(repository, name), join(folder, name));
  }
  const cwd = join(folder, "provider");
  await promisify(execFile)("npm", ["pack", "--pack-destination", folder], { cwd });
  return join(folder, `pulumi-datadog-seats-${version}.tgz`);
}
