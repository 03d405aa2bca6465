// Failures of calls as findings.
import { SeatsApiError } from "../api/errors";

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

/** Whether Datadog refused the keys, or what they are to be used for. */
export const isRefusal = (failure: SeatsApiError | undefined) =>
  failure?.status === 401 || failure?.status === 403;
