// `datadog-seats list`: who holds seats, in the org that the environment selects.
import type { Command } from "commander";
import type { SeatUser } from "../api/responses";
import { SeatsApi } from "../api/seats";
import { readConnection } from "../config/connection";
import { addFormatOptions, type FormatOptions, formatOf, productOption } from "./options";
import { log, printHolders } from "./output";

export function addList(program: Command): void {
  const command = program
    .command("list")
    .description("List who holds a seat of a product, sorted by email.")
    .addOption(productOption().makeOptionMandatory());
  addFormatOptions(command).action(async (options: { product: string } & FormatOptions) => {
    printHolders(await listHolders(options.product), formatOf(options));
  });
}

/** Everybody who holds a seat of the product, sorted by email; users without one come last. */
export async function listHolders(productCode: string): Promise<SeatUser[]> {
  const connection = readConnection(undefined, process.env);
  const holders = await new SeatsApi(connection, { onWait: log }).list(productCode);
  if (holders.size === 0) log(`Nobody holds a seat of ${productCode}.`);
  return [...holders.values()].sort(byEmail);
}

/** The same order everywhere, whatever the locale. */
export function byEmail(one: SeatUser, other: SeatUser): number {
  const [a, b] = [one, other].map(({ id, email }) => `${email ?? "\uffff"}\0${id}`.toLowerCase());
  return String(a) < String(b) ? -1 : 1;
}
