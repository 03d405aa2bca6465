// `datadog-seats unmanaged`: who holds a seat that is paid for, and that no stack would ever unassign.
import type { Command } from "commander";
import { type Seat, seatId } from "../model/seat";
import { type ConnectOptions, connect } from "./connect";
import { listHolders } from "./list";
import {
  addFormatOptions,
  configStackOption,
  type FormatOptions,
  formatOf,
  orgOption,
  requireProduct,
} from "./options";
import { FOUND, type Holder, log, printHolders } from "./output";
import { seatsOfFile, seatsOfStack } from "./stateSources";

interface UnmanagedOptions extends ConnectOptions, FormatOptions {
  readonly product: readonly string[];
  readonly state?: string[];
  readonly stack?: string[];
}

const HELP = `
Owned is the seat of a SeatAssignment that was not looked up with \`get\`, and those of a SeatRoster's members whom no
refresh has shown as others. A resource that is still to be deleted owns its seat: the next \`pulumi up\` unassigns
it. A seat that an interrupted run has assigned is owned by nobody until the next \`pulumi up\` adopts it.`;

export function addUnmanaged(program: Command): void {
  const command = program
    .command("unmanaged")
    .description("List who holds a seat that none of the given stacks owns.");
  requireProduct(command)
    .option("--state <file...>", "files that `pulumi stack export` wrote; - for stdin")
    .option("--stack <name...>", "stacks whose states are read with `pulumi stack export`")
    .addOption(configStackOption())
    .addOption(orgOption("count the resources of this org (without: those that name no org)"))
    .addHelpText("after", HELP);
  addFormatOptions(command).action(unmanaged);
}

async function unmanaged(options: UnmanagedOptions, command: Command): Promise<void> {
  const { product: productCodes, state: files = [], stack: stacks = [], org } = options;
  if (files.length + stacks.length === 0) {
    command.error("error: give the stacks with '--state <file...>' or '--stack <name...>'");
  }
  /** What the states own, each seat once. */
  const owned = new Map<string, Seat>();
  const add = (seats: readonly Seat[]) => {
    for (const seat of seats) owned.set(seatId(seat), seat);
  };
  for (const file of files) add(await seatsOfFile(file, productCodes));
  for (const stack of stacks) add(await seatsOfStack(stack, productCodes));

  const holders = await listHolders(await connect(options), productCodes);
  const found = holders.filter((holder) => !owned.has(seatId({ ...holder, org })));
  printHolders(found, formatOf(options));
  for (const productCode of productCodes) {
    const [held, unowned] = [holders, found].map((all) => countOf(all, productCode));
    if (held) log(`${unowned} of the ${held} who hold a seat of ${productCode} are unmanaged.`);
    logUncounted(productCode, org, [...owned.values()]);
  }
  if (found.length > 0) process.exitCode = FOUND;
}

const countOf = (holders: readonly Holder[], productCode: string) =>
  holders.filter((holder) => holder.productCode === productCode).length;

/** The keys may be another org's than the one that the states are about: then everybody seems unmanaged. */
function logUncounted(productCode: string, counted: string | undefined, owned: readonly Seat[]) {
  const counts = new Map<string | undefined, number>();
  for (const seat of owned) {
    if (seat.productCode !== productCode || seat.org === counted) continue;
    counts.set(seat.org, (counts.get(seat.org) ?? 0) + 1);
  }
  for (const [org, count] of counts) {
    const [where, how] = org
      ? [`org ${org}`, `with --org ${org}`]
      : ["no named org", "without --org"];
    log(
      `Not counted: seats of ${productCode} that these states own in ${where} (${count}). Count them ${how}.`,
    );
  }
}
