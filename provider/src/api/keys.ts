// The endpoints that tell whether Datadog knows the keys, or a token in their place, whatever they permit. Each call throws
// SeatsApiError, with status 401 or 403 when it doesn't.
// Source: https://docs.datadoghq.com/api/latest/authentication/ and https://docs.datadoghq.com/api/latest/key-management/
import type { Connection } from "../config/connection";
import { isObject } from "../model/values";
import type { Call } from "./call";
import { Client } from "./client";

const API_KEY: Call = {
  method: "GET",
  path: "/api/v1/validate",
  describe: () => "validate the API key",
  userIds: [],
  // A site that is asked whether it knows the API key need not see the other one.
  withoutAppKey: true,
};

const ALL: Call = {
  method: "GET",
  path: "/api/v2/validate_keys",
  describe: () => "validate the keys",
  userIds: [],
};

/** Asks a site about the API key alone. */
export function validateApiKey(connection: Connection): Promise<void> {
  return validate(connection, API_KEY, (body) => body.valid === true);
}

/** Asks about both keys, or about the token. */
export function validateKeys(connection: Connection): Promise<void> {
  return validate(connection, ALL, (body) => body.status === "ok");
}

async function validate(
  connection: Connection,
  call: Call,
  isExpected: (body: Record<string, unknown>) => boolean,
): Promise<void> {
  const client = new Client(connection);
  const body = await client.send(call, (response) => response.body);
  if (isObject(body) && isExpected(body)) return;
  throw client
    .unexpectedContent(call, "not as Datadog's API does.")
    .adding(`Check that ${connection.names.address} is right.`);
}
