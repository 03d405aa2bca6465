// Options that several commands take.
import { type Command, InvalidArgumentError, Option } from "commander";
import { productCodeProblem } from "../model/productCode";
import type { Format } from "./output";

export interface FormatOptions {
  readonly json?: true;
  readonly csv?: true;
}

export const productOption = () =>
  new Option(
    "-p, --product <code...>",
    "the products, such as on_call and incident_response",
  ).argParser((value, others: readonly string[] = []) => [
    ...new Set([...others, productCode(value)]),
  ]);

export const requireProduct = (command: Command) => requireOption(command, productOption());

/** Adds an option that must be given. Commander itself would name a missing one before an unknown one, which may be its typo. */
export function requireOption(command: Command, option: Option): Command {
  return command.addOption(option).hook("preAction", () => {
    if (command.getOptionValue(option.attributeName()) !== undefined) return;
    command.error(`error: required option '${option.flags}' not specified`);
  });
}

export const configStackOption = () =>
  new Option(
    "--config-stack <name>",
    "take keys, site and orgs from the configuration of this stack, then from the environment",
  ).argParser(nonEmpty);

export function addFormatOptions(command: Command): Command {
  return command
    .addOption(new Option("--json", "print an array of objects").conflicts("csv"))
    .option(
      "--csv",
      "print CSV (RFC 4180); a ' goes before what a spreadsheet would run as a formula",
    );
}

export const formatOf = ({ json, csv }: FormatOptions): Format =>
  json ? "json" : csv ? "csv" : "table";

export function nonEmpty(value: string): string {
  if (value.trim() === "") throw new InvalidArgumentError("It is empty.");
  return value.trim();
}

function productCode(value: string): string {
  const problem = productCodeProblem(value);
  if (problem === undefined) return value.trim();
  throw new InvalidArgumentError(`${problem.charAt(0).toUpperCase()}${problem.slice(1)}.`);
}
