// What `doctor` finds out about the permissions of the keys, without changing anything.
import type { Permission } from "../api/call";
import type { SeatsApiError } from "../api/errors";
import { validateKeys } from "../api/keys";
import { CHANGE_SEATS, SEE_SEATS, SeatsApi } from "../api/seats";
import { SEE_USERS, UsersApi } from "../api/users";
import type { Connection } from "../config/connection";
import { type CheckResult, failed, failureOf, isRefusal, note, ok, unknown } from "./checkResult";

export async function* checkPermissions(
  connection: Connection,
  productCodes: readonly string[],
): AsyncGenerator<CheckResult> {
  const api = new SeatsApi(connection);
  const keys = await failureOf(validateKeys(connection));
  // One page is enough to know whether it is allowed.
  const listings: [productCode: string, failure: SeatsApiError | undefined][] = [];
  for (const code of productCodes) listings.push([code, await failureOf(api.pages(code).next())]);
  // Without a product the request has no effect; that Datadog looks at keys and permission first is an assumption.
  const probe = await failureOf(api.assign("", []));
  const passed = probe?.status === 422 || probe?.status === 400;
  // A wrong key and a missing permission both get a 403, so only a listing that is allowed proves the key.
  const known = !keys || listings.some(([, failure]) => !failure);
  yield known ? knownKey : unprovenKey(keys, passed);

  for (const [code, failure] of listings) {
    const read = "permission to see seats";
    if (!failure) yield ok(read, `listing ${code} seats is allowed.`);
    else yield refused(read, failure, SEE_SEATS, known);
  }

  const write = "permission to change seats";
  if (passed) {
    const refusal = `a request without product and users was refused for that alone (${probe.status}), not as forbidden`;
    yield known
      ? ok(write, `inferred, because there is no way to ask: ${refusal}.`)
      : unknown(write, `${refusal}; that tells nothing while the application key isn't known.`);
  } else if (probe) yield refused(write, probe, CHANGE_SEATS, known);
  else
    yield unknown(write, "a request without product and users was not refused, as it should be.");

  const users = "permission to see users";
  const failure = await failureOf(new UsersApi(connection).firstPage());
  if (!failure) yield ok(users, "listing them is allowed, so people can be looked up by email.");
  else
    yield note(
      users,
      `${withoutUsers(failure, known)} Only getUserIds and \`export --by email\` need it.`,
    );
}

function withoutUsers(failure: SeatsApiError, keysKnown: boolean): string {
  if (!isRefusal(failure)) return failure.message;
  if (!keysKnown) return "a refusal tells nothing while the application key isn't known.";
  return `it is missing (${failure.status}): people can't be looked up by email unless the owner of the application key has ${SEE_USERS.anyOf.join(", ")}.`;
}

const APPLICATION_KEY = "application key at Datadog";
const knownKey = ok(APPLICATION_KEY, "it is known, and belongs to the API key's org.");

/** @param passed whether Datadog refused a request without content for that alone, perhaps before it looked at the keys */
function unprovenKey(failure: SeatsApiError, passed: boolean): CheckResult {
  if (!isRefusal(failure)) return unknown(APPLICATION_KEY, failure.message);
  const causes = "mistyped, revoked, or of another org than the API key, which is known";
  const advice = "Compare it with those under Organization Settings > Application Keys.";
  return passed
    ? unknown(
        APPLICATION_KEY,
        `Datadog refused it, but not for a request without product and users: it may be ${causes}. ${advice}`,
      )
    : failed(APPLICATION_KEY, `it is ${causes}. ${advice}`);
}

function refused(
  what: string,
  failure: SeatsApiError,
  { anyOf }: Permission,
  keysKnown: boolean,
): CheckResult {
  if (!isRefusal(failure)) return unknown(what, failure.message);
  if (!keysKnown)
    return unknown(what, "a refusal tells nothing while the application key isn't known.");
  return failed(
    what,
    `it is missing (${failure.status}). The owner of the application key needs one of: ${anyOf.join(", ")}. An application key with scopes needs it among these too.`,
  );
}
