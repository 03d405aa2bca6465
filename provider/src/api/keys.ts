// Whether Datadog knows the keys, apart from what they permit. Each call throws SeatsApiError, with status 401 or 403
// when it doesn't.
// Source: https://docs.datadoghq.com/api/latest/authentication/ and https://docs.datadoghq.com/api/latest/key-management/
import type { Connection } from "../config/connection";
import { Client } from "./client";
import type { Call } from "./errors";

/** Asks a site about the API key alone. */
export function validateApiKey(connection: Connection): Promise<void> {
  return validate(connection, "validateApiKey", "valid", true);
}

/** Asks about both keys. */
export function validateKeys(connection: Connection): Promise<void> {
  return validate(connection, "validateKeys", "status", "ok");
}

async function validate(
  connection: Connection,
  verb: Call["verb"],
  property: string,
  expected: unknown,
): Promise<void> {
  const client = new Client(connection);
  const call: Call = { verb, productCode: "", userIds: [] };
  const { body } = await client.send(call, "GET", {});
  const said = (body as Record<string, unknown> | null)?.[property];
  if (said === expected) return;
  const { site, apiUrl } = connection.names;
  throw client
    .unusable(call, "not as Datadog's API does.")
    .adding(`Check that ${site} or ${apiUrl} is right.`);
}
