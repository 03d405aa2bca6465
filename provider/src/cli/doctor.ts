// `pulumi-datadog-seats doctor`: what is wrong with the keys, the site or the permissions.
import type { Command } from "commander";
import type { SeatsApiError } from "../api/errors";
import { validateApiKey, validateKeys } from "../api/keys";
import { type Connection, readConnection } from "../config/connection";
import { findCredentials, isToken, toCredentials } from "../config/credentials";
import { apiUrlOfSite, SITES } from "../config/sites";
import { ConfigurationError } from "../model/errors";
import { type CheckResult, failed, failureOf, isRefusal, ok, unknown } from "./checkResult";
import {
  configStackOption,
  type OrgOptions,
  productOption,
  readSources,
  type Sources,
} from "./options";
import { checkPermissions } from "./permissionChecks";
import { FOUND, log, print } from "./stdio";

const HELP = `
Without --product, the product is incident_response. Nothing is changed at Datadog.
If the site doesn't know the API key, Datadog's other sites are asked whether they know it. They get the API key alone,
and nothing at all when DD_HOST or datadog:apiUrl is not one of Datadog's sites.`;

interface DoctorOptions extends OrgOptions {
  readonly product?: readonly string[];
}

export function addDoctor(program: Command): void {
  program
    .command("doctor")
    .description("Check keys or token, site and permissions, and say what to do.")
    .addOption(productOption())
    .addOption(configStackOption())
    .addHelpText("after", HELP)
    .action(async ({ product = ["incident_response"], ...options }: DoctorOptions) => {
      const sources = await readSources(options);
      for await (const { state, what, explanation } of examine(sources, product, log)) {
        print(`${state.padEnd(7)}  ${what}: ${explanation}\n`);
        if (state === "failed" || state === "unknown") process.exitCode = FOUND;
      }
    });
}

/** A site's name and the URL of its API. */
export type Site = readonly [name: string, apiUrl: string | undefined];

const DATADOG_SITES: readonly Site[] = SITES.map((site) => [site, apiUrlOfSite(site)]);

/** Whoever runs `doctor` waits for it. */
const LIMITS = { requestTimeoutMs: 10_000, maxWaitMs: 10_000 };

/**
 * Checks one thing after the other: the settings, the site, the keys or the token, the permissions.
 *
 * @param log called before other sites are asked
 * @param sites to one of which an API key that the site doesn't know may belong
 */
export async function* examine(
  { stack, environment, nameOf }: Sources,
  productCodes: readonly string[],
  log: (line: string) => void,
  sites = DATADOG_SITES,
): AsyncGenerator<CheckResult> {
  const { findings } = findCredentials(stack, environment, nameOf);
  for (const { what, from, problem } of findings) {
    yield problem ? failed(what, problem) : ok(what, `${from} is set, and looks like one.`);
  }
  const connect = (credentials: Connection["credentials"]) => ({
    ...readConnection(stack, environment, nameOf, credentials),
    ...LIMITS,
  });
  const settingsProblem = problemOf(() => connect({ token: "" }));
  if (settingsProblem) yield failed("settings", settingsProblem);
  const [first, second] = findings;
  if (settingsProblem || first?.problem) {
    yield notChecked;
    return;
  }

  // The API key can be checked without an application key.
  const credentials = second?.problem
    ? { apiKey: first?.value ?? "", appKey: "" }
    : toCredentials(findings);
  const connection = connect(credentials);
  const failure = await failureOf(
    isToken(credentials) ? validateKeys(connection) : validateApiKey(connection),
  );
  yield siteCheck(connection, failure);
  if (isToken(credentials)) {
    // A token that is refused here may work all the same: how Datadog validates tokens is not documented.
    if (failure && !isRefusal(failure)) yield notChecked;
    else yield* checkPermissions(connection, productCodes);
    return;
  }
  const { apiKey, appKey } = credentials;
  if (!failure) yield ok(API_KEY, "it is known.");
  else if (isRefusal(failure)) {
    const swapped = { ...connection, credentials: { apiKey: appKey, appKey: apiKey } };
    if (appKey && !(await failureOf(validateApiKey(swapped)))) {
      yield failed(API_KEY, `${second?.from} holds an API key: exchange it with ${first?.from}.`);
    } else yield await checkOtherSites(connection, failure, log, sites);
  }
  if (failure || second?.problem) yield notChecked;
  else yield* checkPermissions(connection, productCodes);
}

const API_KEY = "API key at Datadog";
const notChecked = unknown("all else", "not checked, because the checks above did not pass.");

function problemOf(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
}

function siteCheck({ apiUrl, names }: Connection, failure: SeatsApiError | undefined): CheckResult {
  if (!failure || isRefusal(failure)) return ok("site", `${apiUrl} responds as Datadog does.`);
  const { status = 0, outcome, message } = failure;
  if (status === 429 || status >= 500) return unknown("site", message);
  const advice =
    status >= 400 && outcome !== "unsent"
      ? ` This is not Datadog's API: check that ${names.address} is right.`
      : "";
  return failed("site", `${message}${advice}`);
}

/** Tells a wrong key from one that belongs to another site. */
async function checkOtherSites(
  connection: Connection,
  { message }: SeatsApiError,
  log: (line: string) => void,
  sites: readonly Site[],
): Promise<CheckResult> {
  const { names: settingNames } = connection;
  const others = sites.filter(([, apiUrl]) => apiUrl !== connection.apiUrl);
  if (others.length === sites.length) {
    return failed(
      API_KEY,
      `${message} Datadog's other sites are not asked, because this is not one of them.`,
    );
  }
  const names = others.map(([name]) => name).join(", ");
  log(`Asking Datadog's other sites whether they know the API key: ${names}.`);
  const results = await Promise.all(
    others.map(async ([name, apiUrl = ""]) => {
      return { name, failure: await failureOf(validateApiKey({ ...connection, apiUrl })) };
    }),
  );
  const home = results.find(({ failure }) => !failure);
  if (home) {
    return failed(
      API_KEY,
      `it belongs to an org on another site: set ${settingNames.site}=${home.name}, and leave ${settingNames.apiUrl} unset.`,
    );
  }
  const unsure = results.filter(({ failure }) => failure && !isRefusal(failure));
  return failed(
    API_KEY,
    `no site of Datadog knows it: it is mistyped, revoked, or not an API key. Compare it with those under Organization Settings > API Keys.${
      unsure.length > 0 ? ` (${unsure.map(({ name }) => name).join(", ")} could not tell.)` : ""
    }`,
  );
}
