// The environment in which this repository runs Pulumi: a home, a file backend and a passphrase of its own, so that it
// touches neither the user's login and stacks nor ~/.pulumi.
import { mkdirSync } from "node:fs";
import { delimiter } from "node:path";
import { pathToFileURL } from "node:url";

export function pulumiEnvironment(bin: string, home: string): NodeJS.ProcessEnv {
  mkdirSync(home, { recursive: true });
  // A stack that the user has selected in the shell doesn't exist in this backend.
  const { PULUMI_STACK: _, ...inherited } = process.env;
  return {
    ...inherited,
    PATH: `${bin}${delimiter}${process.env.PATH ?? ""}`,
    PULUMI_HOME: home,
    // No `.attrs` files: they are not written atomically, and an empty one, left by a killed run, fails every command.
    PULUMI_BACKEND_URL: `${pathToFileURL(home).href}?metadata=skip`,
    PULUMI_CONFIG_PASSPHRASE: "only-for-simulated-seats",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
}
