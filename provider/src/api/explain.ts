// Turns a failed exchange into words: what Datadog said, and what the user can do about it.
import type { AxiosError, AxiosResponse } from "axios";
import type { Connection } from "../config/connection";
import type { Call, Outcome } from "./errors";
import { type Attempts, isTimeout, isTooLong } from "./retry";
import { plain, plainOfPage, redact } from "./sanitize";

export interface Explanation {
  readonly outcome: Outcome;
  readonly reason: string;
  readonly remedy?: string;
}

/** Any one of them serves. Source: https://docs.datadoghq.com/api/latest/seats/ */
export const READ_PERMISSIONS = "billing_read, incident_read, on_call_read";
export const WRITE_PERMISSIONS = "billing_edit, incident_write, on_call_write";

/** An answer with another status than 2xx. */
export function explainAnswer(
  call: Call,
  connection: Connection,
  { status, statusText, data, headers }: AxiosResponse<string>,
  attempts: Attempts,
): Explanation {
  const host = new URL(connection.apiUrl).host;
  const safe = (text: string) => redact(text, connection.secrets);
  // There is no body where the answer broke off.
  const said = words(data ?? "", safe);
  const phrase = plain(safe(statusText), 60);
  const title = said.toLowerCase() === phrase.toLowerCase() ? "" : phrase;
  const reason = `${host} answered ${[status, title].filter(Boolean).join(" ")}${said && `: ${said}`}`;
  if (status === 401 || status === 403) {
    const outcome = attempts.doubtful ? "unclear" : "forbidden";
    return { outcome, reason, remedy: keysRemedy(call, connection) };
  }
  if (status === 429) {
    return {
      outcome: attempts.doubtful ? "unclear" : "limited",
      reason,
      remedy: `It kept limiting requests for longer than ${patience(connection)}`,
    };
  }
  if (status >= 300 && status < 400) {
    const location = String(headers.location);
    const target = URL.canParse(location, connection.apiUrl)
      ? plain(safe(new URL(location, connection.apiUrl).host), 100)
      : "";
    const { site, apiUrl } = connection.names;
    return {
      outcome: "unclear",
      reason: `${host} answered ${status}, a redirect${target && ` to ${target}`}, which is not followed, for it would carry the keys there`,
      remedy: `Set ${site} or ${apiUrl} to where the API is.`,
    };
  }
  if (status >= 500) {
    return { outcome: "unclear", reason: `${reason} (${effort(attempts)})` };
  }
  return { outcome: attempts.doubtful ? "unclear" : "refused", reason };
}

/** No answer at all, or one that broke off. */
export function explainSilence(
  { apiUrl, names, requestTimeoutMs, secrets }: Connection,
  error: AxiosError,
  attempts: Attempts,
): Explanation {
  const host = new URL(apiUrl).host;
  if (isTooLong(error)) {
    return {
      outcome: "unclear",
      reason: `the answer of ${host} was too long to be a list of seats`,
    };
  }
  const cause = isTimeout(error)
    ? `not within ${requestTimeoutMs / 1000} s`
    : (error.code ?? plain(redact(error.message, secrets)));
  return {
    outcome: "unclear",
    reason: `${host} did not answer: ${cause} (${effort(attempts)})`,
    remedy: `Check the network, and that ${names.site} or ${names.apiUrl} is right.`,
  };
}

function effort({ failures, started }: Attempts): string {
  const seconds = Math.round((Date.now() - started) / 1000);
  return failures <= 1 ? `one attempt, ${seconds} s` : `${failures} attempts in ${seconds} s`;
}

/** How long a call may wait, and what to do at the end of it. */
export function patience({ names, maxWaitMs }: Connection): string {
  return names.maxWait
    ? `${names.maxWait} (${maxWaitMs / 1000}) allows: run again later, or raise it.`
    : `the ${maxWaitMs / 1000} s that a call may take: run again later.`;
}

function keysRemedy({ verb }: Call, { apiUrl, names }: Connection): string {
  const site = `that the keys belong to an org of this site (${new URL(apiUrl).host}); ${names.site} selects another.`;
  if (verb === "validateApiKey" || verb === "validateKeys") return `Check ${site}`;
  const [kind, permissions] =
    verb === "list" ? ["see", READ_PERMISSIONS] : ["change", WRITE_PERMISSIONS];
  return `The owner of the application key needs one of these permissions to ${kind} seats: ${permissions}. Check too ${site}`;
}

/**
 * What a body says: the documented `{errors: ["…"]}`, the recorded `{errors: [{title, detail}]}`, else an excerpt.
 *
 * @param safe takes out what must not be shown
 */
export function words(body: string, safe = (text: string) => text): string {
  let said = body;
  try {
    const { errors } = JSON.parse(body) as { errors?: unknown };
    if (Array.isArray(errors) && errors.length > 0) said = errors.map(oneError).join("; ");
  } catch {
    // Not JSON, or nested too deeply to be written again.
  }
  return plainOfPage(safe(said));
}

function oneError(error: unknown): string {
  if (typeof error === "string") return error;
  const { title, detail } = (error ?? {}) as { title?: unknown; detail?: unknown };
  const said = [detail, title].find((text) => typeof text === "string" && text !== "");
  return typeof said === "string" ? said : JSON.stringify(error);
}
