// `datadog-seats unmanaged`: who holds a seat that is paid for, and that no stack would ever unassign.
import type { Command } from "commander";
import type { Seat } from "../model/seat";
import { listHolders } from "./list";
import {
  addFormatOptions,
  type FormatOptions,
  formatOf,
  orgOption,
  productOption,
} from "./options";
import { FOUND, log, printHolders } from "./output";
import { seatsOfFile, seatsOfStack } from "./stateSources";

interface UnmanagedOptions extends FormatOptions {
  readonly product: string;
  readonly state?: string[];
  readonly stack?: string[];
  readonly org?: string;
}

const HELP = `
Owned is the seat of a SeatAssignment that was not looked up with \`get\`, and those of a SeatRoster's members whom no
refresh has shown as others. A resource that is still to be deleted owns its seat: the next \`pulumi up\` unassigns
it. A seat that an interrupted run has assigned is owned by nobody until the next \`pulumi up\` adopts it.`;

export function addUnmanaged(program: Command): void {
  const command = program
    .command("unmanaged")
    .description("List who holds a seat that none of the given stacks owns.")
    .addOption(productOption().makeOptionMandatory())
    .option("--state <file...>", "files that `pulumi stack export` wrote; - for stdin")
    .option("--stack <name...>", "stacks to read with `pulumi stack export`")
    .addOption(orgOption("count the resources of this org (without: those that name no org)"))
    .addHelpText("after", HELP);
  addFormatOptions(command).action(unmanaged);
}

async function unmanaged(options: UnmanagedOptions, command: Command): Promise<void> {
  const { product, state: files = [], stack: stacks = [], org } = options;
  if (files.length + stacks.length === 0) {
    command.error("error: give the stacks with '--state <file...>' or '--stack <name...>'");
  }
  /** The users whose seats of the product the states own, by org. */
  const owned = new Map<string | undefined, Set<string>>([[org, new Set()]]);
  const count = (seats: readonly Seat[]) => {
    for (const seat of seats) {
      if (seat.productCode !== product) continue;
      owned.set(seat.org, (owned.get(seat.org) ?? new Set()).add(seat.userId));
    }
  };
  for (const file of files) count(await seatsOfFile(file));
  for (const stack of stacks) count(await seatsOfStack(stack));

  const holders = await listHolders(product);
  const found = holders.filter(({ id }) => !owned.get(org)?.has(id));
  printHolders(found, formatOf(options));
  if (holders.length > 0) {
    log(`${found.length} of the ${holders.length} who hold a seat of ${product} are unmanaged.`);
  }
  for (const [other, users] of owned) {
    if (other !== org) logUncounted(product, other, users.size);
  }
  if (found.length > 0) process.exitCode = FOUND;
}

/** The environment may select another org than the one that the states are about: then everybody seems unmanaged. */
function logUncounted(product: string, org: string | undefined, seats: number): void {
  const [where, how] = org
    ? [`org ${org}`, `with --org ${org}`]
    : ["no named org", "without --org"];
  log(
    `Not counted: seats of ${product} that these states own in ${where} (${seats}). Count them ${how}.`,
  );
}
