// What `doctor` checks, one after the other: the settings of the environment, the site, the keys, the permissions.
import { randomUUID } from "node:crypto";
import type { SeatsApiError } from "../api/errors";
import { validateApiKey } from "../api/keys";
import { type Connection, readConnection } from "../config/connection";
import { apiUrlOfSite, SITES } from "../config/sites";
import { type Check, failed, ok, unknown } from "./check";
import { failureOf, isRefusal } from "./failures";
import { checkPermissions } from "./permissions";

type Environment = Readonly<Record<string, string | undefined>>;
/** A site's name and the URL of its API. */
export type Site = readonly [name: string, apiUrl: string | undefined];

const DATADOG_SITES: readonly Site[] = SITES.map((site) => [site, apiUrlOfSite(site)]);

/** Whoever calls a doctor is waiting. */
const PATIENCE = { requestTimeoutMs: 10_000, maxWaitMs: 10_000 };

/**
 * @param say told of what is asked of other sites
 * @param sites where an API key that the site doesn't know may be at home
 */
export async function* examine(
  environment: Environment,
  productCode: string,
  say: (line: string) => void,
  sites = DATADOG_SITES,
): AsyncGenerator<Check> {
  const apiKeyProblem = problemOf(/_API_KEY$/, environment);
  const appKeyProblem = problemOf(/_APP_KEY$/, environment);
  const siteProblem = problemOf(/_(SITE|HOST)$/, environment);
  yield setting("API key", apiKeyProblem);
  yield setting("application key", appKeyProblem);
  if (siteProblem) yield failed("site", siteProblem);
  if (siteProblem || apiKeyProblem) {
    yield notChecked;
    return;
  }

  // It is sent nowhere. Keys are taken out of messages, so it must be nothing that a message may hold.
  const appKey = appKeyProblem && { DD_APP_KEY: randomUUID() };
  const connection = { ...readConnection(undefined, { ...environment, ...appKey }), ...PATIENCE };
  const failure = await failureOf(validateApiKey(connection));
  yield siteCheck(connection, failure);
  if (!failure) yield ok("API key at Datadog", "it is known.");
  else if (isRefusal(failure)) yield await checkOtherSites(connection, failure, say, sites);
  if (failure || appKeyProblem) yield notChecked;
  else yield* checkPermissions(connection, productCode);
}

const notChecked = unknown("all else", "not checked, for it needs the above.");

/** What is wrong with the settings whose names match, apart from all others. */
function problemOf(names: RegExp, environment: Environment): string | undefined {
  const standIns = Object.entries({ DD_API_KEY: "any", DD_APP_KEY: "any" });
  const alone = [
    ...standIns.filter(([name]) => !names.test(name)),
    ...Object.entries(environment).filter(([name]) => names.test(name)),
  ];
  try {
    readConnection(undefined, Object.fromEntries(alone));
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function setting(what: string, problem: string | undefined): Check {
  return problem ? failed(what, problem) : ok(what, "it is there, and holds what a key may hold.");
}

function siteCheck({ apiUrl }: Connection, failure: SeatsApiError | undefined): Check {
  if (!failure || isRefusal(failure)) return ok("site", `${apiUrl} answers as Datadog does.`);
  const { status = 0, message } = failure;
  if (status === 429 || status >= 500) return unknown("site", message);
  const advice =
    status >= 400 ? " This is not Datadog's API: check that DD_SITE or DD_HOST is right." : "";
  return failed("site", `${message}${advice}`);
}

/** Tells a key that is wrong from one of another site. */
async function checkOtherSites(
  connection: Connection,
  { message }: SeatsApiError,
  say: (line: string) => void,
  sites: readonly Site[],
): Promise<Check> {
  const what = "API key at Datadog";
  const others = sites.filter(([, apiUrl]) => apiUrl !== connection.apiUrl);
  if (others.length === sites.length) {
    return failed(what, `${message} Other sites are not asked, for this is none of Datadog's.`);
  }
  const names = others.map(([name]) => name).join(", ");
  say(`Asking Datadog's other sites whether they know the API key: ${names}.`);
  const answers = await Promise.all(
    others.map(async ([name, apiUrl = ""]) => {
      return { name, failure: await failureOf(validateApiKey({ ...connection, apiUrl })) };
    }),
  );
  const home = answers.find(({ failure }) => !failure);
  if (home) {
    return failed(
      what,
      `it belongs to an org of another site: set DD_SITE=${home.name}, and no DD_HOST.`,
    );
  }
  const silent = answers.filter(({ failure }) => failure && !isRefusal(failure));
  return failed(
    what,
    `no site of Datadog knows it: it is mistyped, revoked, or no API key. Compare it with those under Organization Settings > API Keys.${
      silent.length > 0 ? ` (${silent.map(({ name }) => name).join(", ")} could not tell.)` : ""
    }`,
  );
}
