// Whether the service knows the keys of a request, and what these permit.
// Source: https://docs.datadoghq.com/api/latest/authentication/ and https://docs.datadoghq.com/api/latest/key-management/
import type { Request } from "express";
import { Refusal, type Reply } from "./reply";

export interface Keys {
  apiKey: string;
  appKey: string;
  /** What the owner of the application key may do. */
  permissions: string[];
}

export const DEFAULT_KEYS: Keys = {
  apiKey: "simulated-api-key",
  appKey: "simulated-application-key",
  permissions: ["billing_read", "billing_edit", "user_access_read"],
};

export const SEE_SEATS = ["billing_read", "incident_read", "on_call_read"];
export const CHANGE_SEATS = ["billing_edit", "incident_write", "on_call_write"];
export const SEE_USERS = ["user_access_read"];

/**
 * The key pair of a request. Throws when there is none, or its owner lacks the permission.
 *
 * @param needed any one of these permissions is enough
 */
export function authorize(request: Request, known: readonly Keys[], needed: string[]): Keys {
  const keys = requireBoth(request, known);
  if (!keys.permissions.some((permission) => needed.includes(permission))) forbid();
  return keys;
}

/** GET /api/v1/validate */
export function validateApiKey(request: Request, known: readonly Keys[]): Reply {
  if (!known.some(({ apiKey }) => apiKey === request.get("dd-api-key"))) forbid();
  return { status: 200, body: { valid: true } };
}

/** GET /api/v2/validate_keys */
export function validateKeys(request: Request, known: readonly Keys[]): Reply {
  requireBoth(request, known);
  return { status: 200, body: { status: "ok" } };
}

function requireBoth(request: Request, known: readonly Keys[]): Keys {
  const apiKey = request.get("dd-api-key");
  const appKey = request.get("dd-application-key");
  if (!apiKey || !appKey) throw new Refusal(401, "Unauthorized");
  return known.find((keys) => keys.apiKey === apiKey && keys.appKey === appKey) ?? forbid();
}

function forbid(): never {
  throw new Refusal(403, "Forbidden");
}
