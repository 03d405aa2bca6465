// `pulumi-datadog-seats list`: who holds seats, in the org that the environment or a stack's configuration selects.
import { type Command, Option } from "commander";
import type { SeatUser } from "../api/responses";
import { SeatsApi } from "../api/seats";
import type { Connection } from "../config/connection";
import { aSeat } from "../model/seat";
import { configStackOption, connect, type OrgOptions, requireProduct } from "./options";
import { log, print } from "./stdio";
import { csv, table } from "./tables";

/** Who holds a seat, and of which product. */
export interface Holder extends SeatUser {
  readonly productCode: string;
}

interface ListOptions extends OrgOptions {
  readonly product: readonly string[];
  readonly json?: true;
  readonly csv?: true;
}

export function addList(program: Command): void {
  const command = program.command("list").description("List who holds seats, sorted by email.");
  requireProduct(command)
    .addOption(configStackOption())
    .addOption(new Option("--json", "print an array of objects").conflicts("csv"))
    .option(
      "--csv",
      "print CSV (RFC 4180); a ' goes before what a spreadsheet would run as a formula",
    )
    .action(async (options: ListOptions) => {
      const holders = await listHolders(await connect(options), options.product);
      print(listText(holders, options.json ? "json" : options.csv ? "csv" : "table"));
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
    if (holders.length === 0) log(`Nobody holds ${aSeat(productCode)}.`);
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

/** The properties of a holder in the order of the columns, with the headings that people read. */
const COLUMNS = {
  productCode: "PRODUCT",
  email: "EMAIL",
  name: "NAME",
  userId: "USER ID",
  assignedAt: "ASSIGNED AT",
} as const satisfies Record<keyof Holder, string>;

/** The names in JSON and CSV are those of the package in TypeScript. */
export function listText(holders: readonly Holder[], format: "table" | "json" | "csv"): string {
  const names = Object.keys(COLUMNS) as (keyof Holder)[];
  if (format === "json") return `${JSON.stringify(holders, names, 2)}\n`;
  const rows = holders.map((holder) => names.map((name) => holder[name]));
  return format === "csv" ? csv([names, ...rows]) : table([Object.values(COLUMNS), ...rows]);
}
