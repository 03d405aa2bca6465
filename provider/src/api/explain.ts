// Turns a failed attempt into words: what Datadog said, and what the user can do about it.
import type { AxiosError, AxiosResponse } from "axios";
import { apiHost, type Connection } from "../config/connection";
import { isToken } from "../config/credentials";
import { proxyOf, wasSent } from "./agent";
import { type Call, neededPermissions } from "./call";
import { isIssuerUnknown, issuerOf, isUntrusted } from "./certificate";
import { now } from "./clock";
import { isUnavailable, outcomeOfStatus, ProxyRefusal } from "./errors";
import { type Attempts, isSuccess, isTimeout, isTooLong } from "./retry";
import { redact, sanitize, sanitizePage } from "./sanitize";

interface Explanation {
  /** What Datadog said, or what failed on the way there. */
  readonly reason: string;
  /** What to do about it. */
  readonly remedy?: string;
}

/** @param attempts of the call, with the one that ended in this error */
export async function explain(
  call: Call,
  connection: Connection,
  error: AxiosError<string>,
  attempts: Attempts,
): Promise<Explanation> {
  const { response } = error;
  return response && !isSuccess(response.status)
    ? explainResponse(call, connection, response, attempts)
    : explainNetworkError(connection, error, attempts);
}

/** A response with another status than 2xx. */
function explainResponse(
  call: Call,
  connection: Connection,
  { status, statusText, data, headers }: AxiosResponse<string>,
  attempts: Attempts,
): Explanation {
  const host = apiHost(connection);
  const redacted = (text: string) => redact(text, connection.secrets);
  // There is no body where the response broke off.
  const detail = errorDetail(data ?? "", redacted);
  const phrase = sanitize(redacted(statusText), 60);
  const title = detail.toLowerCase() === phrase.toLowerCase() ? "" : phrase;
  const said = [status, title].filter(Boolean).join(" ");
  const reason = `${host} responded with ${said}${detail && `: ${detail}`}`;

  if (outcomeOfStatus(status) === "forbidden") {
    return { reason, remedy: keysRemedy(call, connection) };
  }
  if (status === 429) {
    return {
      reason,
      remedy: `It kept limiting requests for longer than ${retryBudget(connection)}`,
    };
  }
  if (status === 407) return { reason, remedy: proxyRemedy(status) };
  if (status < 400) {
    const location = String(headers.location);
    const target = URL.canParse(location, connection.apiUrl)
      ? sanitize(redacted(new URL(location, connection.apiUrl).host), 100)
      : "";
    return {
      reason: `${host} responded with ${status}, a redirect${target && ` to ${target}`}, which is not followed because it would carry the keys there`,
      remedy: `Set ${connection.names.address} to where the API is.`,
    };
  }
  return isUnavailable(status) ? { reason: `${reason} (${attemptSummary(attempts)})` } : { reason };
}

/** No response at all, or one that broke off. */
async function explainNetworkError(
  { apiUrl, names, secrets }: Connection,
  error: AxiosError,
  attempts: Attempts,
): Promise<Explanation> {
  const host = apiHost({ apiUrl });
  const proxy = proxyOf(error);
  if (isTooLong(error)) {
    return { reason: `the response of ${host} was too long to be a list of seats or users` };
  }
  const cause = isTimeout(error)
    ? "timed out"
    : (error.code ?? sanitize(redact(error.message, secrets)));
  const summary = attemptSummary(attempts);
  if (isUntrusted(error)) {
    const issuer = await issuerOf(apiUrl, error);
    return {
      reason: `${proxy ? `the proxy ${proxy}` : host} presented a certificate that Node does not trust: ${cause}${issuer ? `, issued by ${issuer}` : ""}`,
      remedy: isIssuerUnknown(error)
        ? "Where a company's proxy reads the traffic, set NODE_EXTRA_CA_CERTS in the environment of the command to a file with the certificate of the company's CA (PEM)."
        : `Check the clock of this machine, and that ${names.address} is right.`,
    };
  }
  if (proxy) {
    const { cause: refusal } = error;
    const what = refusal instanceof ProxyRefusal ? refusal.message : `did not respond: ${cause}`;
    return {
      reason: `${host} was not reached, because the proxy ${proxy} ${what} (${summary})`,
      remedy: proxyRemedy(refusal instanceof ProxyRefusal ? refusal.status : undefined),
    };
  }
  return {
    reason: wasSent(error)
      ? `${host} did not respond: ${cause} (${summary})`
      : `${host} was not reached: ${cause} (${summary})`,
    remedy: `Check the network, and that ${names.address} is right.`,
  };
}

const proxyRemedy = (status: number | undefined) =>
  status === 407
    ? "Check the user and the password in HTTPS_PROXY; write their special characters percent-encoded, such as %40 for @."
    : "Check HTTPS_PROXY and NO_PROXY in the environment, and what the proxy allows.";

function attemptSummary({ failures, startedAt }: Attempts): string {
  const seconds = Math.round((now().monotonic - startedAt) / 1000);
  return failures <= 1 ? `one attempt, ${seconds} s` : `${failures} attempts in ${seconds} s`;
}

/** Completes "longer than …": how long a call may take, and what to do when that is not enough. */
export function retryBudget({ names, maxWaitMs }: Connection): string {
  return names.maxWait
    ? `${names.maxWait} (${maxWaitMs / 1000}) allows: run again later, or raise it.`
    : `the ${maxWaitMs / 1000} s that a call may take: run again later.`;
}

/** The credentials come first: Datadog says "Forbidden" of a wrong key as of a missing permission. */
function keysRemedy({ permission }: Call, connection: Connection): string {
  const { credentials, names } = connection;
  const [areRight, who] = isToken(credentials)
    ? ["the access token is right, has not expired and belongs", "its scopes and its owner have"]
    : ["the keys are right and belong", "the owner of the application key has"];
  const keys = `Check that ${areRight} to an org of ${apiHost(connection)}, which ${names.address} selects`;
  if (!permission) return `${keys}.`;
  return `${keys}, and that ${who} ${neededPermissions(permission)}. \`${names.doctor}\` tells which of these is wrong.`;
}

/**
 * What a body says: the documented `{errors: ["…"]}`, the recorded `{errors: [{title, detail}]}`, else an excerpt.
 *
 * @param redacted removes what must not be shown
 */
export function errorDetail(body: string, redacted = (text: string) => text): string {
  let detail = body;
  try {
    const { errors } = JSON.parse(body) as { errors?: unknown };
    if (Array.isArray(errors) && errors.length > 0) detail = errors.map(oneError).join("; ");
  } catch {
    // Not JSON, or nested too deeply to be written again.
  }
  return sanitizePage(redacted(detail));
}

function oneError(error: unknown): string {
  if (typeof error === "string") return error;
  const { title, detail } = (error ?? {}) as { title?: unknown; detail?: unknown };
  const text = [detail, title].find((one) => typeof one === "string" && one !== "");
  return typeof text === "string" ? text : JSON.stringify(error);
}
