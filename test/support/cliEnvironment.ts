// The environment in which the tests run the Pulumi CLI.
import { join } from "node:path";
import { pulumiEnvironment } from "../../scripts/pulumi-cli/environment";

/** A module that Node is to require first, and the environment in which it does. */
export const LOADED_LATER = join(__dirname, "loadedLater.cjs");
export const LOADING_LATER = { NODE_OPTIONS: `--require=${JSON.stringify(LOADED_LATER)}` };

/** @param home the folder of all that Pulumi keeps for itself, the states too */
export function cliEnvironment(bin: string, home: string): NodeJS.ProcessEnv {
  const environment = pulumiEnvironment(bin, home);
  // Whatever org the developer's own shell points at is none of the tests' business.
  for (const name of Object.keys(environment)) {
    if (/^(DD|DATADOG)_/.test(name)) delete environment[name];
  }
  // `npm run types` has checked the programs of this repository; to check one again takes seconds in every command.
  environment.PULUMI_NODEJS_TRANSPILE_ONLY = "true";
  return Object.assign(environment, LOADING_LATER);
}
