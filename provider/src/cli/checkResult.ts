// What a check of `doctor` says, and how the failure of a call becomes one.
import { SeatsApiError } from "../api/errors";

export interface CheckResult {
  /** A note is about what only some programs need. */
  readonly state: "ok" | "failed" | "unknown" | "note";
  readonly what: string;
  /** What was seen, and what to do about it. */
  readonly explanation: string;
}

const result = (state: CheckResult["state"]) => (what: string, explanation: string) => ({
  state,
  what,
  explanation,
});

export const ok = result("ok");
export const failed = result("failed");
export const unknown = result("unknown");
export const note = result("note");

/** The failure that a call ends with, or `undefined` when it ends well. */
export async function failureOf(call: Promise<unknown>): Promise<SeatsApiError | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (error instanceof SeatsApiError) return error;
    throw error;
  }
}

/** Whether Datadog refused the keys, or what they may do. */
export const isRefusal = (failure: SeatsApiError | undefined) =>
  failure?.status === 401 || failure?.status === 403;
