// `datadog-seats export`: a Pulumi program that adopts the seats held today, or what `pulumi import` reads.
import { type Command, Option } from "commander";
import { type ConnectOptions, connect } from "./connect";
import { type ExplicitProvider, importFileFor, providerOption } from "./importFile";
import { listHolders } from "./list";
import { configStackOption, nonEmpty, orgOption, requireProduct } from "./options";
import { print } from "./output";
import { programFor } from "./programText";

interface ExportOptions extends ConnectOptions {
  readonly product: readonly string[];
  readonly as: "roster" | "assignments" | "import";
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
    .option("--exclusive", "make the rosters exclusive: nobody else may hold a seat")
    .addOption(
      new Option(
        "--name <name>",
        "name the roster, or begin the assignments' names with this; with several products, their codes follow it",
      ).argParser(nonEmpty),
    )
    .addOption(providerOption())
    .addOption(configStackOption())
    .addOption(
      orgOption(
        "name this org in the program (without --config-stack, its keys are in the environment)",
      ),
    )
    .action(async (options: ExportOptions) => {
      const { product: productCodes, as, exclusive, name, provider, org } = options;
      if (exclusive && as !== "roster") {
        command.error("error: option '--exclusive' is for '--as roster' only");
      }
      if (provider && as !== "import") {
        command.error("error: option '--provider <name=urn>' is for '--as import' only");
      }
      if (as === "import" && org !== undefined && options.configStack === undefined) {
        command.error(
          "error: option '--org <name>' needs '--config-stack <name>' with '--as import': the file names no org",
        );
      }
      const holders = await listHolders(await connect(options), productCodes);
      const products = productCodes.map((productCode) => ({
        productCode,
        name: nameOf(productCode, productCodes.length, name),
        holders: holders.filter((holder) => holder.productCode === productCode),
      }));
      if (as === "import") return print(importFileFor(products, provider));
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
