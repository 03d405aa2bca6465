// For steps of a pipeline, where nothing is to be installed: `npm ci` does nothing, and `npx` runs the command of this
// repository.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "./markdown";

/**
 * @param bin a folder to be the first of the PATH
 * @param ci the arguments that install
 * @param first a line of shell for every run of npm
 */
export function writeNpm(bin: string, ci: string, first = ""): void {
  mkdirSync(bin, { recursive: true });
  const npm = `#!/bin/sh
${first}
[ "$*" = "${ci}" ] || exec "$(PATH='${process.env.PATH}' command -v npm)" "$@"
`;
  const npx = `#!/bin/sh
[ "$1 $2" = "--no pulumi-datadog-seats" ] || exit 1
shift 2
exec node "${join(repository, "provider", "bin", "pulumi-datadog-seats.js")}" "$@"
`;
  writeFileSync(join(bin, "npm"), npm, { mode: 0o755 });
  writeFileSync(join(bin, "npx"), npx, { mode: 0o755 });
}
