// Options that several commands take, and the org that they select.
import { basename } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { type Connection, readConnection } from "../config/connection";
import type { Environment } from "../config/credentials";
import { doctorCommand, type NameSetting, namesIn, type ReadConfig } from "../config/settings";
import { productCodeProblem } from "../model/seat";
import { stackConfig } from "./pulumi";

export interface OrgOptions {
  /** The stack whose configuration is read, as `pulumi --stack` takes it. */
  readonly configStack?: string;
}

export const configStackOption = () =>
  new Option(
    "--config-stack <name>",
    "take keys and site from the configuration of this stack, then from the environment",
  ).argParser(nonEmpty);

/** Where keys, site and other settings come from. */
export interface Sources {
  readonly environment: Environment;
  readonly stack?: ReadConfig;
  readonly nameOf: NameSetting;
}

/** @throws SeatsError when the stack's configuration can't be read */
export async function readSources({ configStack }: OrgOptions): Promise<Sources> {
  const config = configStack === undefined ? undefined : await stackConfig(configStack);
  return {
    environment: process.env,
    nameOf: namesIn(config ?? {}),
    ...(config && { stack: (name) => config[name] }),
  };
}

/** @throws ConfigurationError; SeatsError when the stack's configuration can't be read */
export const connect = async (options: OrgOptions): Promise<Connection> =>
  connectBy(await readSources(options), options);

/**
 * As `connect`, for a command that needs more of the sources.
 *
 * @throws ConfigurationError
 */
export function connectBy(
  { stack, environment, nameOf }: Sources,
  { configStack }: OrgOptions,
): Connection {
  const connection = readConnection(stack, environment, nameOf);
  const isPlugin = basename(process.argv[1] ?? "").startsWith("pulumi-resource-");
  const doctor = doctorCommand(isPlugin, configStack);
  return { ...connection, names: { ...connection.names, doctor } };
}

export const productOption = () =>
  new Option(
    "-p, --product <code...>",
    "the products, such as on_call and incident_response",
  ).argParser((value, others: readonly string[] = []) => [
    ...new Set([...others, productCode(value)]),
  ]);

/** Adds the option, which must be given. Commander itself would name a missing one before an unknown one, which may be its typo. */
export function requireProduct(command: Command): Command {
  const option = productOption();
  return command.addOption(option).hook("preAction", () => {
    if (command.getOptionValue(option.attributeName()) !== undefined) return;
    command.error(`error: required option '${option.flags}' not specified`);
  });
}

export function nonEmpty(value: string): string {
  if (value.trim() === "") throw new InvalidArgumentError("It is empty.");
  return value.trim();
}

function productCode(value: string): string {
  const problem = productCodeProblem(value);
  if (problem === undefined) return value.trim();
  throw new InvalidArgumentError(`${problem.charAt(0).toUpperCase()}${problem.slice(1)}.`);
}
