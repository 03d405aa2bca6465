// `datadog-seats export`: a Pulumi program that adopts the seats held today.
import { type Command, Option } from "commander";
import { listHolders } from "./list";
import { orgOption, productOption } from "./options";
import { print } from "./output";
import { type ProgramOptions, programFor } from "./programText";

interface ExportOptions {
  readonly product: string;
  readonly as: "roster" | "assignments";
  readonly exclusive?: true;
  readonly name?: string;
  readonly org?: string;
}

export function addExport(program: Command): void {
  program
    .command("export")
    .description("Print a Pulumi program in TypeScript that adopts the seats held today.")
    .addOption(productOption().makeOptionMandatory())
    .addOption(
      new Option("--as <what>", "one resource for all, or one for each seat")
        .choices(["roster", "assignments"])
        .default("roster"),
    )
    .option("--exclusive", "make the roster exclusive: nobody else may hold a seat")
    .option("--name <name>", "name the roster, or begin the assignments' names with this")
    .addOption(orgOption("name this org in the program (the seats are those of the environment's)"))
    .action(async ({ product, as, exclusive, name, org }: ExportOptions, command: Command) => {
      if (exclusive && as !== "roster") {
        command.error("error: option '--exclusive' is for '--as roster' only");
      }
      const options: ProgramOptions = {
        productCode: product,
        ...(org !== undefined && { org }),
        name: name ?? product.replaceAll("_", "-"),
        as: exclusive ? "exclusive roster" : as,
      };
      print(programFor(await listHolders(product), options));
    });
}
