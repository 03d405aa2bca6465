// Options that several commands take.
import { type Command, InvalidArgumentError, Option } from "commander";
import { isOrgName } from "../model/seat";
import type { Format } from "./output";

export interface FormatOptions {
  readonly json?: true;
  readonly csv?: true;
}

export const productOption = () =>
  new Option("-p, --product <code>", "the product, such as on_call or incident_response").argParser(
    notEmpty,
  );

export const orgOption = (description: string) =>
  new Option("--org <name>", description).argParser(orgName);

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

function orgName(value: string): string {
  const name = value.trim();
  if (isOrgName(name)) return name;
  throw new InvalidArgumentError('Names of orgs are letters, digits, "-", "_" and ".".');
}

function notEmpty(value: string): string {
  if (value.trim() === "") throw new InvalidArgumentError("It is empty.");
  return value.trim();
}
