// Who asks: whether the service knows their keys, and what these permit.
// Source: https://docs.datadoghq.com/api/latest/authentication/ and https://docs.datadoghq.com/api/latest/key-management/
import type { Request } from "express";
import { Refusal, type Reply } from "./seatsRoutes";

export interface Keys {
  apiKey: string;
  appKey: string;
  /** What the owner of the application key may do. */
  permissions: string[];
}

const READ = ["billing_read", "incident_read", "on_call_read"];
const WRITE = ["billing_edit", "incident_write", "on_call_write"];

/** Lets a request for seats pass, or refuses it. */
export function authorize(request: Request, keys: Keys): void {
  requireBoth(request, keys);
  const needed = request.method === "GET" ? READ : WRITE;
  if (!keys.permissions.some((permission) => needed.includes(permission))) forbid();
}

/** GET /api/v1/validate */
export function validateApiKey(request: Request, { apiKey }: Keys): Reply {
  if (request.get("dd-api-key") !== apiKey) forbid();
  return { status: 200, body: { valid: true } };
}

/** GET /api/v2/validate_keys */
export function validateKeys(request: Request, keys: Keys): Reply {
  requireBoth(request, keys);
  return { status: 200, body: { status: "ok" } };
}

function requireBoth(request: Request, keys: Keys): void {
  const apiKey = request.get("dd-api-key");
  const appKey = request.get("dd-application-key");
  if (!apiKey || !appKey) throw new Refusal(401, "Unauthorized");
  if (apiKey !== keys.apiKey || appKey !== keys.appKey) forbid();
}

function forbid(): never {
  throw new Refusal(403, "Forbidden");
}
