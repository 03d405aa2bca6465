// Where states come from: files that `pulumi stack export` wrote, and the Pulumi CLI itself.
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { type Command, Option } from "commander";
import { sanitize } from "../api/sanitize";
import { SeatsError } from "../model/errors";
import { mapConcurrently } from "../model/mapConcurrently";
import { nonEmpty } from "./options";
import { type OwnedSeat, ownedSeats } from "./ownedSeats";
import { stackNames, stackState } from "./pulumi";
import { showProgress } from "./stdio";

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
  { state: files = [], stack: stacks = [], allStacks, project }: StateOptions,
  productCodes: readonly string[],
): Promise<States> {
  const names = new Set([...stacks, ...(allStacks ? await stackNames(project) : [])]);
  const sources = [
    ...files.map((file) => ({ what: file === "-" ? "stdin" : file, read: () => fileText(file) })),
    ...[...names].map((name) => ({
      what: `the state of stack ${name}`,
      read: () => stackState(name),
    })),
  ];
  let done = 0;
  const results = await mapConcurrently(sources, CONCURRENCY, async ({ what, read }) => {
    const result = await read()
      .then((state) => ownedSeats(state, productCodes))
      .catch(({ message }: Error) =>
        sanitize(`Could not read ${what}: ${message}`, Number.POSITIVE_INFINITY),
      );
    done += 1;
    showProgress(done < sources.length ? `Read ${done} of ${sources.length} states.` : "");
    return result;
  });
  const unread = results.filter((result) => typeof result === "string");
  if (unread.length > 0 && unread.length === sources.length) {
    throw new SeatsError(unread.join("\n"));
  }
  const owned = results.flatMap((result) => (typeof result === "string" ? [] : result));
  return { owned, unread, count: sources.length };
}

const fileText = (file: string): Promise<string> =>
  file === "-" ? text(process.stdin) : readFile(file, "utf8");
