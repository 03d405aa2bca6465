// Makes the native plugin of this repository findable for a Pulumi project.
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const main = join(__dirname, "..", "..", "provider", "bin", "pulumi-resource-datadog-seats.js");

/** Whether a command line is Node running a provider process; a launcher is a shell with a similar one. */
export const isProviderCommand = (command: string) =>
  /^\S*node\S* .*(cmd[/\\]dynamic-provider|bin[/\\]pulumi-resource-datadog-seats\.js)/.test(
    command,
  );

/** Puts the executable into a project's folder, and names it in the project's `Pulumi.yaml`. */
export function addPlugin(folder: string): void {
  addExecutable(join(folder, "bin"));
  const plugins = "plugins:\n  providers:\n    - name: datadog-seats\n      path: bin\n";
  appendFileSync(join(folder, "Pulumi.yaml"), plugins);
}

/** Puts the executable into a folder, as npm puts it into `node_modules/.bin`. */
export function addExecutable(bin: string): void {
  mkdirSync(bin, { recursive: true });
  const script = `#!/bin/sh\nexec "${process.execPath}" "${main}" "$@"\n`;
  writeFileSync(join(bin, "pulumi-resource-datadog-seats"), script, { mode: 0o755 });
}
