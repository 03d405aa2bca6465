// Whether the service knows the credentials of a request, and what these permit.
// Source: https://docs.datadoghq.com/api/latest/authentication/, https://docs.datadoghq.com/api/latest/key-management/ and
// https://docs.datadoghq.com/account_management/personal-access-tokens/
import type { Request } from "express";
import { Refusal, type Reply } from "./reply";

export interface Keys {
  apiKey: string;
  appKey: string;
  /** An access token of the application key's owner. */
  token: string;
  /** What the owner of the application key may do. */
  permissions: string[];
  /** To which of these the application key and the token are limited; to all without. */
  scopes?: string[];
}

export const DEFAULT_KEYS: Keys = {
  apiKey: "simulated-api-key",
  appKey: "simulated-application-key",
  token: "ddpat_simulated-access-token",
  permissions: ["billing_read", "billing_edit", "user_access_read", "teams_read", "on_call_read"],
};

const SEE_USERS = ["user_access_read"];
const SEE_SEATS = ["billing_read", "incident_read", "on_call_read"];
const CHANGE_SEATS = ["billing_edit", "incident_write", "on_call_write"];

/** What a call needs: of each list any one is enough. */
export const NEEDED = {
  seeUsers: [SEE_USERS],
  seeTeams: [["teams_read"]],
  seeOnCall: [["on_call_read"]],
  seeSeats: [SEE_SEATS],
  /** As the newest page of the reference has it. */
  seeSeatsAndUsers: [SEE_SEATS, SEE_USERS],
  changeSeats: [CHANGE_SEATS],
};

/** The credentials of a request. Throws when there are none, or they don't permit all that is needed. */
export function authorize(request: Request, known: readonly Keys[], needed: string[][]): Keys {
  const keys = authenticate(request, known);
  const { permissions, scopes = permissions } = keys;
  const permitted = permissions.filter((permission) => scopes.includes(permission));
  for (const anyOf of needed) {
    if (!anyOf.some((permission) => permitted.includes(permission))) forbid();
  }
  return keys;
}

/** GET /api/v1/validate */
export function validateApiKey(request: Request, known: readonly Keys[]): Reply {
  if (!known.some(({ apiKey }) => apiKey === request.get("dd-api-key"))) forbid();
  return { status: 200, body: { valid: true } };
}

/** GET /api/v2/validate_keys */
export function validateKeys(request: Request, known: readonly Keys[]): Reply {
  authenticate(request, known);
  return { status: 200, body: { status: "ok" } };
}

/** A token counts alone: as a bearer's, or in place of the application key, where the API key is not looked at. */
function authenticate(request: Request, known: readonly Keys[]): Keys {
  const [, bearer] = /^Bearer (.*)$/i.exec(request.get("authorization") ?? "") ?? [];
  const apiKey = request.get("dd-api-key");
  const appKey = request.get("dd-application-key");
  const token = bearer ?? (/^dd[ps]at_/.test(appKey ?? "") ? appKey : undefined);
  if (token === undefined && !(apiKey && appKey)) throw new Refusal(401, "Unauthorized");
  return (
    known.find((keys) =>
      token === undefined ? keys.apiKey === apiKey && keys.appKey === appKey : keys.token === token,
    ) ?? forbid()
  );
}

function forbid(): never {
  throw new Refusal(403, "Forbidden");
}
