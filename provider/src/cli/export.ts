// `datadog-seats export`: a Pulumi program that adopts the seats held today.
import { type Command, Option } from "commander";
import { type ConnectOptions, connect } from "./connect";
import { listHolders } from "./list";
import { configStackOption, nonEmpty, orgOption, requireProduct } from "./options";
import { print } from "./output";
import { programFor } from "./programText";

interface ExportOptions extends ConnectOptions {
  readonly product: readonly string[];
  readonly as: "roster" | "assignments";
  readonly exclusive?: true;
  readonly name?: string;
}

export function addExport(program: Command): void {
  const command = program
    .command("export")
    .description("Print a Pulumi program in TypeScript that adopts the seats held today.");
  requireProduct(command)
    .addOption(
      new Option("--as <what>", "one resource for all seats of a product, or one for each seat")
        .choices(["roster", "assignments"])
        .default("roster"),
    )
    .option("--exclusive", "make the rosters exclusive: nobody else may hold a seat")
    .addOption(
      new Option(
        "--name <name>",
        "name the roster, or begin the assignments' names with this; with several products, their codes follow it",
      ).argParser(nonEmpty),
    )
    .addOption(configStackOption())
    .addOption(
      orgOption(
        "name this org in the program (without --config-stack, its keys are in the environment)",
      ),
    )
    .action(async (options: ExportOptions) => {
      const { product: productCodes, as, exclusive, name, org } = options;
      if (exclusive && as !== "roster") {
        command.error("error: option '--exclusive' is for '--as roster' only");
      }
      const holders = await listHolders(await connect(options), productCodes);
      const products = productCodes.map((productCode) => ({
        productCode,
        name: nameOf(productCode, productCodes.length, name),
        holders: holders.filter((holder) => holder.productCode === productCode),
      }));
      print(
        programFor(products, {
          ...(org !== undefined && { org }),
          as: exclusive ? "exclusive roster" : as,
        }),
      );
    });
}

function nameOf(productCode: string, products: number, name?: string): string {
  const dashed = productCode.replaceAll("_", "-");
  if (name === undefined) return dashed;
  return products > 1 ? `${name}-${dashed}` : name;
}
