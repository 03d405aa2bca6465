// `datadog-seats list`: who holds seats, in the org that the environment or a stack's configuration selects.
import type { Command } from "commander";
import type { SeatUser } from "../api/responses";
import { SeatsApi } from "../api/seats";
import type { Connection } from "../config/connection";
import { type ConnectOptions, connect } from "./connect";
import {
  addFormatOptions,
  configStackOption,
  type FormatOptions,
  formatOf,
  requireProduct,
} from "./options";
import { type Holder, log, printHolders } from "./output";

interface ListOptions extends ConnectOptions, FormatOptions {
  readonly product: readonly string[];
}

export function addList(program: Command): void {
  const command = program
    .command("list")
    .description("List who holds a seat of a product, sorted by email.");
  requireProduct(command).addOption(configStackOption());
  addFormatOptions(command).action(async (options: ListOptions) => {
    if (options.org !== undefined && options.configStack === undefined) {
      command.error(
        "error: option '--org <name>' needs '--config-stack <name>', which has the org",
      );
    }
    printHolders(await listHolders(await connect(options), options.product), formatOf(options));
  });
}

/** Everybody who holds a seat, product by product, sorted by email; users without one come last. */
export async function listHolders(
  connection: Connection,
  productCodes: readonly string[],
): Promise<Holder[]> {
  const api = new SeatsApi(connection, { onWait: log });
  const all: Holder[] = [];
  for (const productCode of productCodes) {
    const holders = [...(await api.list(productCode)).values()].sort(byEmail);
    if (holders.length === 0) log(`Nobody holds a seat of ${productCode}.`);
    for (const holder of holders) all.push({ productCode, ...holder });
  }
  return all;
}

/** The same order everywhere, whatever the locale. */
export function byEmail(one: SeatUser, other: SeatUser): number {
  const [a, b] = [one, other].map(({ userId, email }) =>
    `${email ?? "\uffff"}\0${userId}`.toLowerCase(),
  );
  return String(a) < String(b) ? -1 : 1;
}
