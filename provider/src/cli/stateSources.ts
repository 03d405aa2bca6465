// Where states come from: files that `pulumi stack export` wrote, and the Pulumi CLI itself.
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { type Command, Option } from "commander";
import { sanitize } from "../api/sanitize";
import { SeatsError } from "../model/errors";
import { mapConcurrently } from "../model/mapConcurrently";
import { nonEmpty } from "./options";
import { showProgress } from "./output";
import { pulumi } from "./pulumi";
import { type OwnedSeat, ownedSeats } from "./state";

export interface StateOptions {
  readonly state?: readonly string[];
  readonly stack?: readonly string[];
  readonly allStacks?: true;
  readonly project?: string;
}

export interface States {
  readonly owned: readonly OwnedSeat[];
  /** Why some could not be read, a sentence for each of them. */
  readonly unread: readonly string[];
  /** How many there are, with those that could not be read. */
  readonly count: number;
}

/** How many `pulumi` run side by side. */
const CONCURRENCY = 4;

/** Adds the options that say which states are read; at least one of them must be given. */
export function addStateOptions(command: Command): Command {
  return command
    .option("--state <file...>", "files that `pulumi stack export` wrote; - for stdin")
    .option("--stack <name...>", "stacks whose states are read with `pulumi stack export`")
    .option("--all-stacks", "all stacks of the backend, as `pulumi stack ls --all` lists them")
    .addOption(
      new Option("--project <name>", "of --all-stacks, those of this project").argParser(nonEmpty),
    )
    .hook("preAction", () => {
      const { state, stack, allStacks, project } = command.opts<StateOptions>();
      if (project !== undefined && !allStacks) {
        command.error("error: option '--project <name>' needs '--all-stacks'");
      }
      if (!state && !stack && !allStacks) {
        command.error(
          "error: give the stacks with '--state <file...>', '--stack <name...>' or '--all-stacks'",
        );
      }
    });
}

/**
 * Reads states, several at once, each to its end whatever becomes of the others.
 *
 * @throws SeatsError when the stacks can't be listed, and when no state could be read
 */
export async function readStates(
  { state: files = [], stack: named = [], allStacks, project }: StateOptions,
  productCodes: readonly string[],
): Promise<States> {
  const stacks = new Set([...named, ...(allStacks ? await stacksOf(project) : [])]);
  const sources = [
    ...files.map((file) => () => seatsOfFile(file, productCodes)),
    ...[...stacks].map((stack) => () => seatsOfStack(stack, productCodes)),
  ];
  let done = 0;
  const results = await mapConcurrently(sources, CONCURRENCY, async (read) => {
    const result = await read().catch(unlessExpected);
    done += 1;
    showProgress(done < sources.length ? `Read ${done} of ${sources.length} states.` : "");
    return result;
  });
  const unread = results.flatMap((result) =>
    result instanceof SeatsError ? [result.message] : [],
  );
  if (unread.length > 0 && unread.length === sources.length)
    throw new SeatsError(unread.join("\n"));
  const owned = results.flatMap((result) => (result instanceof SeatsError ? [] : result));
  return { owned, unread, count: sources.length };
}

function unlessExpected(error: unknown): SeatsError {
  if (error instanceof SeatsError) return error;
  throw error;
}

/** The names of all stacks of the backend that `pulumi` is logged in to, as `--stack` takes them. */
async function stacksOf(project: string | undefined): Promise<string[]> {
  const which = project === undefined ? [] : ["--project", project];
  const of = project === undefined ? "" : ` of the project ${sanitize(project)}`;
  const listed = await pulumi(`list the stacks${of}`, "stack", "ls", "--all", ...which, "--json");
  const names = (JSON.parse(listed) as { name: string }[]).map(({ name }) => name);
  if (names.length > 0) return names;
  const hint =
    project === undefined ? "" : " `pulumi stack ls --all` lists those of other projects.";
  throw new SeatsError(
    `There is no stack${of} in the backend that \`pulumi\` is logged in to, which \`pulumi whoami -v\` names.${hint}`,
  );
}

/** @param file `-` for stdin */
export async function seatsOfFile(
  file: string,
  productCodes: readonly string[],
): Promise<OwnedSeat[]> {
  const state = await readState(file);
  return ownedSeats(state.text, state.source, productCodes);
}

/**
 * What is in a file, and what messages call it.
 *
 * @param file `-` for stdin
 * @throws SeatsError when it can't be read
 */
export async function readState(file: string): Promise<{ text: string; source: string }> {
  if (file === "-") return { text: await text(process.stdin), source: "stdin" };
  try {
    return { text: await readFile(file, "utf8"), source: file };
  } catch (error) {
    throw new SeatsError(`Could not read ${file}: ${(error as Error).message}.`);
  }
}

/** @param stack a name as `pulumi --stack` takes it, in the project of this folder where it has none of its own */
export async function seatsOfStack(
  stack: string,
  productCodes: readonly string[],
): Promise<OwnedSeat[]> {
  const name = `the stack ${sanitize(stack)}`;
  return ownedSeats(
    await pulumi(`export ${name}`, "stack", "export", "--stack", stack),
    name,
    productCodes,
  );
}
