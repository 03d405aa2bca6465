// `datadog-seats unmanaged`: who holds a seat that is paid for, and that no stack would ever take away.
import type { Command } from "commander";
import { FOUND } from "./exitCodes";
import { listHolders } from "./holders";
import { addFormatOptions, type FormatOptions, formatOf, productOption } from "./options";
import { note, printHolders } from "./output";
import type { OwnedSeat } from "./state";
import { seatsOfFile, seatsOfStack } from "./stateSources";

interface UnmanagedOptions extends FormatOptions {
  readonly product: string;
  readonly state?: string[];
  readonly stack?: string[];
  readonly org?: string;
}

const HELP = `
Owned is what the outputs of a SeatAssignment or a SeatRoster say, unless it was looked up with \`get\`, or was shown
by a refresh as somebody else's. A resource that is still to be deleted owns its seat: the next \`pulumi up\` takes it
away. A seat that an interrupted run has granted is owned by nobody until the next \`pulumi up\` adopts it.`;

export function addUnmanaged(program: Command): void {
  const command = program
    .command("unmanaged")
    .description("List who holds a seat that none of the given stacks owns.")
    .addOption(productOption().makeOptionMandatory())
    .option("--state <file...>", "files that `pulumi stack export` wrote; - for stdin")
    .option("--stack <name...>", "stacks that `pulumi stack export` shall be asked for")
    .option("--org <name>", "count the resources of this org (without: those that name no org)")
    .addHelpText("after", HELP);
  addFormatOptions(command).action(unmanaged);
}

async function unmanaged(options: UnmanagedOptions, command: Command): Promise<void> {
  const { product, state: files = [], stack: stacks = [], org } = options;
  if (files.length + stacks.length === 0) {
    command.error("error: give the stacks with '--state <file...>' or '--stack <name...>'");
  }
  const owned = new Set<string>();
  const count = (seats: readonly OwnedSeat[]) => {
    for (const seat of seats) {
      if (seat.productCode === product && seat.org === org) owned.add(seat.userId);
    }
  };
  for (const file of files) count(await seatsOfFile(file));
  for (const stack of stacks) count(await seatsOfStack(stack));

  const holders = await listHolders(product);
  const found = holders.filter(({ id }) => !owned.has(id));
  printHolders(found, formatOf(options));
  if (holders.length > 0) {
    note(`${found.length} of the ${holders.length} who hold a seat of ${product} are unmanaged.`);
  }
  if (found.length > 0) process.exitCode = FOUND;
}
