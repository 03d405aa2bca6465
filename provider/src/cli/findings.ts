// What `doctor` says of each thing that it checked, and how the failure of a call becomes one.
import { SeatsApiError } from "../api/errors";

export interface Finding {
  /** A note is about what only some programs need. */
  readonly state: "ok" | "failed" | "unknown" | "note";
  readonly what: string;
  /** What was seen, and what to do about it. */
  readonly explanation: string;
}

const finding = (state: Finding["state"]) => (what: string, explanation: string) => ({
  state,
  what,
  explanation,
});

export const ok = finding("ok");
export const failed = finding("failed");
export const unknown = finding("unknown");
export const note = finding("note");

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

/** Whether Datadog refused the keys or lacked a permission. */
export const isRefusal = (failure: SeatsApiError | undefined) =>
  failure?.status === 401 || failure?.status === 403;
