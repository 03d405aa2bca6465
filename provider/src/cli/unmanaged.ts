// `datadog-seats unmanaged`: of a report, who holds a seat that is paid for and that no stack would ever unassign.
import type { Command } from "commander";
import { SeatsError } from "../model/errors";
import { addFormatOptions, type FormatOptions, formatOf } from "./options";
import { FOUND, log, printHolders } from "./output";
import { addScopeOptions, logEmpty, OWNED_HELP, type ScopeOptions, takeReport } from "./report";
import { readStates } from "./stateSources";

export function addUnmanaged(program: Command): void {
  const command = program
    .command("unmanaged")
    .description("List who holds a seat that none of the given stacks owns.");
  addScopeOptions(command).addHelpText("after", OWNED_HELP);
  addFormatOptions(command).action(unmanaged);
}

async function unmanaged(options: ScopeOptions & FormatOptions): Promise<void> {
  const states = await readStates(options, options.product);
  // Whoever unassigns what is listed must not unassign what a state owns that could not be read.
  if (states.unread.length > 0) throw new SeatsError(states.unread.join("\n"));
  const { products, seats } = await takeReport(options, states);
  const found = seats.filter(({ findings }) => findings.includes("unmanaged"));
  printHolders(found, formatOf(options));
  for (const { productCode, held, unmanaged } of products) {
    if (held) log(`${unmanaged} of the ${held} who hold a seat of ${productCode} are unmanaged.`);
  }
  logEmpty(products, states.owned);
  if (found.length > 0) process.exitCode = FOUND;
}
