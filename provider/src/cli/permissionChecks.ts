// What `doctor` finds out about the application key or the access token, and what it permits, without changing anything.
import { neededPermissions, type Permission } from "../api/call";
import type { SeatsApiError } from "../api/errors";
import { validateKeys } from "../api/keys";
import { OnCallApi, SEE_ON_CALL } from "../api/onCall";
import { CHANGE_SEATS, SEE_SEATS, SeatsApi } from "../api/seats";
import { SEE_TEAMS, TeamsApi } from "../api/teams";
import { SEE_USERS, UsersApi } from "../api/users";
import type { Connection } from "../config/connection";
import { isToken } from "../config/credentials";
import { type CheckResult, failed, failureOf, isRefusal, note, ok, unknown } from "./checkResult";

export async function* checkPermissions(
  connection: Connection,
  productCodes: readonly string[],
): AsyncGenerator<CheckResult> {
  const api = new SeatsApi(connection);
  const what = isToken(connection.credentials) ? "access token" : "application key";
  const notTold = `that tells nothing while the ${what} isn't known.`;
  const keys = await failureOf(validateKeys(connection));
  // One page is enough to know whether it is allowed.
  const listings: [productCode: string, failure: SeatsApiError | undefined][] = [];
  for (const code of productCodes) listings.push([code, await failureOf(api.pages(code).next())]);
  // Without a product the request has no effect; that Datadog looks at keys and permission first is an assumption.
  const probe = await failureOf(api.assign("", []));
  const passed = probe?.status === 422 || probe?.status === 400;
  const usersFailure = await failureOf(new UsersApi(connection).firstPage());
  const teamsFailure = await failureOf(new TeamsApi(connection).firstPage());
  const onCallFailure = await failureOf(new OnCallApi(connection).firstPage());
  // A wrong key and a missing permission both get a 403, so only a listing that is allowed proves the key.
  const isListed = listings.some(([, failure]) => !failure);
  const known = !keys || isListed || !usersFailure;
  if (known) yield ok(`${what} at Datadog`, KNOWN[what]);
  else yield unproven(what, keys, passed);

  const refused = (topic: string, failure: SeatsApiError, permission: Permission, more = "") => {
    if (!isRefusal(failure)) return unknown(topic, failure.message);
    if (!known) return unknown(topic, `it was refused; ${notTold}`);
    return failed(
      topic,
      `it is missing (${failure.status}). The owner of the ${what} needs ${neededPermissions(permission)}. Scopes, where it has any, must include them too.${more}`,
    );
  };

  for (const [code, failure] of listings) {
    const read = "permission to see seats";
    if (!failure) yield ok(read, `listing ${code} seats is allowed.`);
    else yield refused(read, failure, SEE_SEATS, passed ? withoutReading(connection) : "");
  }

  const write = "permission to change seats";
  if (passed) {
    const refusal = `a request without product and users was refused for that alone (${probe.status}), not as forbidden`;
    yield known
      ? ok(write, `inferred, because there is no way to ask: ${refusal}.`)
      : unknown(write, `${refusal}; ${notTold}`);
  } else if (probe) yield refused(write, probe, CHANGE_SEATS);
  else
    yield unknown(write, "a request without product and users was not refused, as it should be.");

  const perhaps = isListed ? "" : ", and perhaps every listing of seats";
  const lookups: [what: string, SeatsApiError | undefined, Permission, who: string][] = [
    [
      "users",
      usersFailure,
      SEE_USERS,
      `getUserIds, \`export --by email\` and \`report --people\` need it${perhaps}.`,
    ],
    ["teams", teamsFailure, SEE_TEAMS, "getTeamMembers needs it, and getOnCallUsers for teams."],
    [
      "who is on call",
      onCallFailure,
      SEE_ON_CALL,
      "getOnCallUsers and `report --needed-by` need it.",
    ],
  ];
  for (const [seen, failure, { anyOf }, who] of lookups) {
    const topic = `permission to see ${seen}`;
    if (!failure) yield ok(topic, "listing is allowed.");
    else if (!isRefusal(failure)) yield note(topic, `${failure.message} ${who}`);
    else if (!known) yield note(topic, `it was refused; ${notTold} ${who}`);
    else {
      const missing = `it is missing (${failure.status}): the owner of the ${what} needs ${anyOf}.`;
      yield note(topic, `${missing} ${who}`);
    }
  }
}

/** Whoever may change seats, and not see them, can go on. */
const withoutReading = ({ names }: Connection) =>
  ` Assigning and unassigning is allowed all the same: with ${names.adoptionPages} set to 0 an \`up\` without refresh reads nothing.`;

const KNOWN = {
  "application key": "it is known, and belongs to the API key's org.",
  "access token": "it is known.",
};

/** @param passed whether Datadog refused a request without content for that alone, perhaps before it looked at the keys */
function unproven(what: keyof typeof KNOWN, failure: SeatsApiError, passed: boolean): CheckResult {
  const topic = `${what} at Datadog`;
  if (!isRefusal(failure)) return unknown(topic, failure.message);
  const [causes, advice] =
    what === "access token"
      ? [
          "mistyped, expired, revoked, of an org on another site, or without any of these permissions",
          "Create another one under Personal Settings > Access Tokens.",
        ]
      : [
          "mistyped, revoked, or of another org than the API key, which is known",
          "Compare it with those under Organization Settings > Application Keys.",
        ];
  return passed
    ? unknown(
        topic,
        `Datadog refused it, but not for a request without product and users: it may be ${causes}. ${advice}`,
      )
    : failed(topic, `it is ${causes}. ${advice}`);
}
