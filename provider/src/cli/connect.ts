// Which org a command asks: the environment's, or one of a stack's configuration.
import { type Connection, readConnection } from "../config/connection";
import { pulumi } from "./pulumi";

export interface ConnectOptions {
  /** The stack whose configuration is read, as `pulumi --stack` takes it. */
  readonly configStack?: string;
  /** The org's name in that configuration. The environment's org has none. */
  readonly org?: string;
}

/** @throws ConfigurationError; SeatsError when the stack's configuration can't be read */
export async function connect({ configStack }: ConnectOptions): Promise<Connection> {
  if (configStack === undefined) return readConnection(undefined, process.env);
  const config = await configOf(configStack);
  return readConnection((name) => config[name], process.env);
}

/** A stack's configuration, decrypted, by full names such as `datadog:apiKey`. Of an object it holds the JSON. */
export async function configOf(stack: string): Promise<Record<string, string | undefined>> {
  const what = `read the configuration of the stack ${stack}`;
  const text = await pulumi(what, "config", "--json", "--show-secrets", "--stack", stack);
  const config = JSON.parse(text) as Record<string, { value?: string }>;
  return Object.fromEntries(Object.entries(config).map(([name, { value }]) => [name, value]));
}
