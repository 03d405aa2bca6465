// `pulumi-datadog-seats export`: a Pulumi program that adopts the seats held today, or what `pulumi import` reads.
import { type Command, Option } from "commander";
import { UsersApi } from "../api/users";
import type { Connection } from "../config/connection";
import type { UsersByEmail } from "../model/usersByEmail";
import { type ExplicitProvider, importFileFor, providerOption } from "./importFile";
import { type Holder, listHolders } from "./list";
import { configStackOption, connect, nonEmpty, type OrgOptions, requireProduct } from "./options";
import { isFoundByEmail, programFor } from "./programText";
import { log, print } from "./stdio";

interface ExportOptions extends OrgOptions {
  readonly product: readonly string[];
  readonly as: "roster" | "assignments" | "import";
  readonly by: "id" | "email";
  readonly exclusive?: true;
  readonly name?: string;
  readonly provider?: ExplicitProvider;
}

export function addExport(program: Command): void {
  const command = program
    .command("export")
    .description("Print a Pulumi program in TypeScript that adopts the seats held today.");
  requireProduct(command)
    .addOption(
      new Option(
        "--as <what>",
        "one resource for all seats of a product, or one for each seat; or a file for `pulumi import --file`, with the native plugin",
      )
        .choices(["roster", "assignments", "import"])
        .default("roster"),
    )
    .addOption(
      new Option("--by <what>", "name people by UUID, or look them up by email in every run")
        .choices(["id", "email"])
        .default("id"),
    )
    .option("--exclusive", "make the rosters exclusive: nobody else may hold a seat")
    .addOption(
      new Option(
        "--name <name>",
        "name the roster, or begin the assignments' names with this; with several products, their codes follow it",
      ).argParser(nonEmpty),
    )
    .addOption(providerOption())
    .addOption(configStackOption())
    .action(async (options: ExportOptions) => {
      const { product: productCodes, as, by, exclusive, name, provider } = options;
      const isOnlyFor = (kind: ExportOptions["as"], option: string, isGiven: boolean) => {
        if (isGiven && as !== kind)
          command.error(`error: option '${option}' is for '--as ${kind}' only`);
      };
      isOnlyFor("roster", "--exclusive", exclusive === true);
      isOnlyFor("roster", "--by email", by === "email");
      isOnlyFor("import", "--provider <name=urn>", provider !== undefined);
      const connection = await connect(options);
      const holders = await listHolders(connection, productCodes);
      const products = productCodes.map((productCode) => ({
        productCode,
        name: nameOf(productCode, productCodes.length, name),
        holders: holders.filter((holder) => holder.productCode === productCode),
      }));
      if (as === "import") return print(importFileFor(products, provider));
      print(
        programFor(products, {
          as: exclusive ? "exclusive roster" : as,
          ...(by === "email" && { users: await usersOf(connection, holders) }),
        }),
      );
    });
}

/** The users who have the holders' emails. */
async function usersOf(connection: Connection, holders: readonly Holder[]): Promise<UsersByEmail> {
  const emails = holders.flatMap(({ email }) => email ?? []);
  const users = await new UsersApi(connection, { onWait: log }).withEmails(emails);
  const others = holders.filter((holder) => !isFoundByEmail(holder, users));
  if (others.length > 0) {
    log(
      `Named by UUID, because a lookup by email would not find them: ${others.length} of ${holders.length} users.`,
    );
  }
  return users;
}

function nameOf(productCode: string, products: number, name?: string): string {
  const dashed = productCode.replaceAll("_", "-");
  if (name === undefined) return dashed;
  return products > 1 ? `${name}-${dashed}` : name;
}
