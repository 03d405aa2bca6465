// `datadog-seats list`: who holds seats.
import type { Command } from "commander";
import { listHolders } from "./holders";
import { addFormatOptions, type FormatOptions, formatOf, productOption } from "./options";
import { printHolders } from "./output";

export function addList(program: Command): void {
  const command = program
    .command("list")
    .description("List who holds a seat of a product, sorted by email.")
    .addOption(productOption().makeOptionMandatory());
  addFormatOptions(command).action(async (options: { product: string } & FormatOptions) => {
    printHolders(await listHolders(options.product), formatOf(options));
  });
}
