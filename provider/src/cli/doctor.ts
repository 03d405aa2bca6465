// `pulumi-datadog-seats doctor`: what is wrong with the keys, the site or the permissions.
import { randomUUID } from "node:crypto";
import type { Command } from "commander";
import type { SeatsApiError } from "../api/errors";
import { validateApiKey } from "../api/keys";
import { type Connection, readConnection } from "../config/connection";
import { apiUrlOfSite, SITES } from "../config/sites";
import { type CheckResult, failed, failureOf, isRefusal, ok, unknown } from "./checkResult";
import { configStackOption, type OrgOptions, productOption } from "./options";
import { checkPermissions } from "./permissionChecks";
import { stackConfig } from "./pulumi";
import { FOUND, log, print } from "./stdio";

const HELP = `
Without --product, the product is on_call. Nothing is changed at Datadog.
If the site doesn't know the API key, Datadog's other sites are asked whether they know it. They get the API key alone,
and nothing at all when DD_HOST or datadog:apiUrl is not one of Datadog's sites.`;

interface DoctorOptions extends OrgOptions {
  readonly product?: readonly string[];
}

export function addDoctor(program: Command): void {
  program
    .command("doctor")
    .description("Check keys, site and permissions, and say what to do.")
    .addOption(productOption())
    .addOption(configStackOption())
    .addHelpText("after", HELP)
    .action(async ({ product = ["on_call"], configStack }: DoctorOptions) => {
      const stack = configStack === undefined ? undefined : await stackConfig(configStack);
      const settings = { environment: process.env, ...(stack && { stack }) };
      for await (const { state, what, explanation } of examine(settings, product, log)) {
        print(`${state.padEnd(7)}  ${what}: ${explanation}\n`);
        if (state === "failed" || state === "unknown") process.exitCode = FOUND;
      }
    });
}

type Values = Readonly<Record<string, string | undefined>>;

export interface Settings {
  readonly environment: Values;
  /** The configuration of a stack, by full names such as `datadog:apiKey`. */
  readonly stack?: Values;
}

const API_KEY = /_API_KEY$|:apiKey$/;
const APP_KEY = /_APP_KEY$|:appKey$/;
const SITE = /_(SITE|HOST)$|:(site|apiUrl)$/;

/** A site's name and the URL of its API. */
export type Site = readonly [name: string, apiUrl: string | undefined];

const DATADOG_SITES: readonly Site[] = SITES.map((site) => [site, apiUrlOfSite(site)]);

/** Whoever runs `doctor` waits for it. */
const LIMITS = { requestTimeoutMs: 10_000, maxWaitMs: 10_000 };

/**
 * Checks one thing after the other: the settings, the site, the keys, the permissions.
 *
 * @param log called before other sites are asked
 * @param sites to one of which an API key that the site doesn't know may belong
 */
export async function* examine(
  settings: Settings,
  productCodes: readonly string[],
  log: (line: string) => void,
  sites = DATADOG_SITES,
): AsyncGenerator<CheckResult> {
  const apiKeyProblem = problemOf(API_KEY, settings);
  const appKeyProblem = problemOf(APP_KEY, settings);
  const siteProblem = problemOf(SITE, settings);
  yield setting("API key", apiKeyProblem);
  yield setting("application key", appKeyProblem);
  if (siteProblem) yield failed("site", siteProblem);
  if (siteProblem || apiKeyProblem) {
    yield notChecked;
    return;
  }

  // A key that is sent nowhere. Keys are removed from messages, so it must be nothing that a message may hold.
  const standIns = appKeyProblem && { DD_APP_KEY: randomUUID() };
  const usable = standIns ? part(settings, (name) => !APP_KEY.test(name), standIns) : settings;
  const connection = { ...connectionOf(usable), ...LIMITS };
  const failure = await failureOf(validateApiKey(connection));
  yield siteCheck(connection, failure);
  if (!failure) yield ok("API key at Datadog", "it is known.");
  else if (isRefusal(failure)) yield await checkOtherSites(connection, failure, log, sites);
  if (failure || appKeyProblem) yield notChecked;
  else yield* checkPermissions(connection, productCodes);
}

const notChecked = unknown("all else", "not checked, because the checks above did not pass.");

/** What is wrong with the settings whose names match, with the others left out. */
function problemOf(names: RegExp, settings: Settings): string | undefined {
  const standIns = chosen({ DD_API_KEY: "any", DD_APP_KEY: "any" }, (name) => !names.test(name));
  try {
    connectionOf(part(settings, (name) => names.test(name), standIns));
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

type Choice = (name: string) => boolean;

const chosen = (values: Values, choice: Choice): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => choice(name)));

/** The settings whose names are chosen, and others in the environment. */
const part = ({ environment, stack }: Settings, choice: Choice, others: Values): Settings => ({
  environment: { ...chosen(environment, choice), ...others },
  ...(stack && { stack: chosen(stack, choice) }),
});

const connectionOf = ({ environment, stack }: Settings) =>
  readConnection(stack && ((name) => stack[name]), environment);

function setting(what: string, problem: string | undefined): CheckResult {
  return problem ? failed(what, problem) : ok(what, "it is set, and looks like one.");
}

function siteCheck({ apiUrl, names }: Connection, failure: SeatsApiError | undefined): CheckResult {
  if (!failure || isRefusal(failure)) return ok("site", `${apiUrl} responds as Datadog does.`);
  const { status = 0, message } = failure;
  if (status === 429 || status >= 500) return unknown("site", message);
  const advice =
    status >= 400 ? ` This is not Datadog's API: check that ${names.address} is right.` : "";
  return failed("site", `${message}${advice}`);
}

/** Tells a wrong key from one that belongs to another site. */
async function checkOtherSites(
  connection: Connection,
  { message }: SeatsApiError,
  log: (line: string) => void,
  sites: readonly Site[],
): Promise<CheckResult> {
  const what = "API key at Datadog";
  const { names: settingNames } = connection;
  const others = sites.filter(([, apiUrl]) => apiUrl !== connection.apiUrl);
  if (others.length === sites.length) {
    return failed(
      what,
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
      what,
      `it belongs to an org on another site: set ${settingNames.site}=${home.name}, and leave ${settingNames.apiUrl} unset.`,
    );
  }
  const unsure = results.filter(({ failure }) => failure && !isRefusal(failure));
  return failed(
    what,
    `no site of Datadog knows it: it is mistyped, revoked, or not an API key. Compare it with those under Organization Settings > API Keys.${
      unsure.length > 0 ? ` (${unsure.map(({ name }) => name).join(", ")} could not tell.)` : ""
    }`,
  );
}
