// @ts-check
// What every npm script of this repository needs first: the dependencies and the built package.
// Plain JavaScript without dependencies, because it runs before anything is installed.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** @param {string} path */
const modified = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);

/**
 * @param {string} what for the error message
 * @param {string} command
 * @param {string[]} args
 */
function run(what, command, args) {
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd: root,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (status === 0) return;
  process.stderr.write(`${stdout ?? ""}${stderr ?? ""}`);
  console.error(`${what} failed: ${error?.message ?? `${command} ended with status ${status}`}`);
  process.exit(status || 1);
}

const installed = join(root, "node_modules", ".package-lock.json");
if (modified(installed) < modified(join(root, "package-lock.json"))) {
  console.log("Installing the dependencies (npm ci) …");
  run("Installing the dependencies", "npm", ["ci", "--no-audit", "--no-fund"]);
}
// Not on stdout, which belongs to the command that follows.
console.error("Building the package (tsc) …");
run("Building the package", process.execPath, [
  join(root, "node_modules", "typescript", "bin", "tsc"),
  "-p",
  join(root, "provider"),
]);
