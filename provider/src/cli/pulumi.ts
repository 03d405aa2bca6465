// What the commands ask the Pulumi CLI.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { sanitize } from "../api/sanitize";
import { SeatsError } from "../model/errors";

/**
 * A stack's configuration, decrypted, by full names such as `datadog:apiKey`.
 *
 * @throws SeatsError when it can't be read
 */
export async function stackConfig(stack: string): Promise<Record<string, string | undefined>> {
  const text = await pulumi("config", "--json", "--show-secrets", "--stack", stack).catch(
    couldNotRead(`the configuration of stack ${sanitize(stack)}`),
  );
  const config = JSON.parse(text) as Record<string, { value?: string }>;
  return Object.fromEntries(Object.entries(config).map(([name, { value }]) => [name, value]));
}

/**
 * A stack's state as text.
 *
 * @param stack a name as `pulumi --stack` takes it, in the project of this folder where it has none of its own
 * @throws Error with the reason when it can't be read
 */
export const stackState = (stack: string) => pulumi("stack", "export", "--stack", stack);

/**
 * The names of all stacks of the backend that `pulumi` is logged in to, as `--stack` takes them.
 *
 * @param project the only one whose stacks count, if it is given
 * @throws SeatsError when there are none, or they can't be listed
 */
export async function stackNames(project: string | undefined): Promise<string[]> {
  const only = project === undefined ? [] : ["--project", project];
  const text = await pulumi("stack", "ls", "--all", ...only, "--json").catch(
    couldNotRead("the list of stacks"),
  );
  const names = (JSON.parse(text) as { name: string }[]).map(({ name }) => name);
  if (names.length > 0) return names;
  const ofProject = project === undefined ? "" : ` of the project ${sanitize(project)}`;
  throw new SeatsError(
    `There is no stack${ofProject}. \`pulumi stack ls --all\` lists the stacks of the backend, and \`pulumi whoami -v\` says which backend that is.`,
  );
}

function couldNotRead(what: string): (error: Error) => never {
  return ({ message }) => {
    throw new SeatsError(`Could not read ${what}: ${message}`);
  };
}

/**
 * What `pulumi` prints.
 *
 * @throws Error with what it says about its failure
 */
async function pulumi(...args: string[]): Promise<string> {
  try {
    // A state of ten thousand seats is larger than what Node reads by default.
    const options = { maxBuffer: Number.POSITIVE_INFINITY, env: withoutDatadog(process.env) };
    const { stdout } = await promisify(execFile)("pulumi", [...args, "--non-interactive"], options);
    return stdout;
  } catch (error) {
    const { code, message, stderr } = error as { code: unknown; message: string; stderr?: string };
    if (code === "ENOENT") throw new Error("there is no `pulumi` on the PATH.");
    // The command itself prints this word before the message.
    throw new Error(sanitize((stderr || message).replace(/^error: /gm, ""), 1000));
  }
}

/** The environment without the variables that hold keys: Pulumi itself needs none of them. */
const withoutDatadog = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !/^(DD|DATADOG)_/i.test(name)));
