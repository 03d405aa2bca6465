// The only place where keys and tokens are sent.
// Source: https://docs.datadoghq.com/api/latest/authentication/
import { type Credentials, isToken } from "../config/credentials";

/** The headers that tell Datadog who makes a call. */
export function authentication(
  credentials: Credentials,
  { withoutAppKey }: { readonly withoutAppKey?: true },
): Record<string, string> {
  if (isToken(credentials)) return { Authorization: `Bearer ${credentials.token}` };
  const { apiKey, appKey } = credentials;
  return { "DD-API-KEY": apiKey, ...(!withoutAppKey && { "DD-APPLICATION-KEY": appKey }) };
}
