// The settings: which there are, and what they are called in a stack's configuration and as arguments of the native
// plugin's provider.
import { ConfigurationError } from "../model/errors";
import { adviceOn } from "../model/suggest";
import { apiUrlOfSite } from "./sites";

/**
 * The connection to one Datadog org, with one pair of keys or one access token. What is not given here comes from the
 * environment of the Pulumi CLI.
 */
interface ProviderArguments {
  /**
   * The API key. In the environment: `DD_API_KEY` or `DATADOG_API_KEY`.
   *
   * @secret
   */
  apiKey?: string;
  /**
   * The application key. Its owner needs `user_access_read` and one of the permissions `billing_read`, `incident_read`,
   * `on_call_read`, and to change seats one of `billing_edit`, `incident_write`, `on_call_write`. In the environment:
   * `DD_APP_KEY` or `DATADOG_APP_KEY`.
   *
   * @secret
   */
  appKey?: string;
  /**
   * A personal or service access token (`ddpat_…`, `ddsat_…`), in place of both keys. Its owner needs the same permissions,
   * and its scopes must include them. In the environment: `DD_BEARER_TOKEN` or `DATADOG_BEARER_TOKEN`.
   *
   * @secret
   */
  bearerToken?: string;
  /**
   * The Datadog site, such as `datadoghq.eu`. In the environment: `DD_SITE`. The default is `datadoghq.com`.
   */
  site?: string;
  /**
   * The URL of the API, in place of a site. In the environment: `DD_HOST` or `DATADOG_HOST`. Plain `http` is accepted for
   * this machine only.
   */
  apiUrl?: string;
  /**
   * How many users one page of a listing has, from 1 to 10000. By default 100, then 1000 where Datadog takes that.
   */
  pageSize?: number;
  /**
   * How many pages of a listing an assignment waits for, to adopt a seat that is held already: a whole number, or `all`.
   * The default is 10.
   */
  adoptionPages?: string;
  /** Whether a preview asks Datadog what will become of each new seat. The default is true. */
  previewLookup?: boolean;
  /**
   * Whether a preview reads every page of a listing, to tell how many seats a change makes of how many. The default is
   * false: then it tells where it has read every page anyway.
   */
  previewPeak?: boolean;
  /**
   * How many seats of a product the org may hold, by product code, such as `{"on_call": 50}`: your own bound. What would make
   * them more fails. Then every assignment waits for the whole listing.
   */
  seatLimit?: Record<string, number>;
  /**
   * The path of the ownership map, a JSON file that says which stack owns which seat, from the program's folder. In the
   * environment, which wins: `DATADOG_SEATS_OWNERSHIP_MAP`.
   */
  ownershipMap?: string;
  /** How many seconds one attempt of a request may take. The default is 30. */
  requestTimeoutSeconds?: number;
  /** How many seconds one request may take with all its attempts and waits. The default is 900. */
  maxWaitSeconds?: number;
}

type Argument = keyof ProviderArguments;

/** The settings that are called as in @pulumi/datadog, so that both share one configuration. */
const OF_DATADOG: string[] = ["apiKey", "appKey", "bearerToken", "apiUrl"] satisfies Argument[];

/** Every other setting: under `datadogSeats:` in the configuration of a stack with dynamic resources. */
const OWN: string[] = [
  "site",
  "pageSize",
  "adoptionPages",
  "previewLookup",
  "previewPeak",
  "seatLimit",
  "ownershipMap",
  "requestTimeoutSeconds",
  "maxWaitSeconds",
] satisfies Argument[];

/** The names of the arguments. */
export const PROVIDER_ARGUMENTS = [...OF_DATADOG, ...OWN];

const NAMESPACE = "datadogSeats:";

/** Looks up a value of a configuration by its full name, such as `datadog:apiKey`. */
export type ReadConfig = (key: string) => string | undefined;

/** The full name of a setting: it is read by that name, and messages call it so. */
export type NameSetting = (setting: string) => string;

/** The names in the configuration of a stack with dynamic resources, such as `datadog:apiKey`. */
export const nameInStack: NameSetting = (setting) =>
  `${OF_DATADOG.includes(setting) ? "datadog:" : NAMESPACE}${setting}`;

/** The names in the configuration of a stack that uses the native plugin, such as `datadog-seats:apiKey`. */
export const nameInProvider: NameSetting = (setting) => `datadog-seats:${setting}`;

/** The names in a configuration: those of the native plugin where it has any of them. */
export const namesIn = (config: Readonly<Record<string, string | undefined>>): NameSetting =>
  PROVIDER_ARGUMENTS.some((name) => config[nameInProvider(name)] !== undefined)
    ? nameInProvider
    : nameInStack;

/** As `nameInProvider`, where the program gives the arguments: they are in no stack's configuration. */
export const nameInExplicitProvider: NameSetting = (setting) => nameInProvider(setting);

/**
 * The command that tells what is wrong with the credentials.
 *
 * @param isPlugin whether it is the native plugin's
 * @param stack whose configuration has them, or the site
 */
export function doctorCommand(isPlugin: boolean, stack?: string): string {
  const executable = isPlugin ? "pulumi-resource-datadog-seats" : "npx pulumi-datadog-seats";
  return `${executable} doctor${stack ? ` --config-stack ${stack}` : ""}`;
}

/**
 * Refuses an unknown setting, because it would be ignored.
 *
 * @param config the whole configuration, by names with their namespaces
 * @throws ConfigurationError that names the setting that was probably meant
 */
export function checkSettings(config: Readonly<Record<string, string | undefined>>): void {
  refuseSiteOfDatadog((name) => config[name]);
  const settings = OWN.map((name) => `${NAMESPACE}${name}`);
  for (const key of Object.keys(config)) {
    if (!key.startsWith(NAMESPACE) || settings.includes(key)) continue;
    const meant = nameInStack(key.slice(NAMESPACE.length));
    const advice = meant === key ? adviceOn(key, settings) : `did you mean "${meant}"?`;
    throw new ConfigurationError(
      `${key} is not a setting: ${advice} \`pulumi config rm ${key}\` removes it.`,
    );
  }
}

/**
 * Refuses `datadog:site`, which would break a stack that uses @pulumi/datadog as well.
 *
 * @throws ConfigurationError with the two commands that replace it
 */
export function refuseSiteOfDatadog(config: ReadConfig): void {
  const site = config("datadog:site")?.trim();
  if (!site) return;
  const known = apiUrlOfSite(site) ? site : "SITE";
  throw new ConfigurationError(
    `datadog:site is not a setting, because @pulumi/datadog would refuse it. Run \`pulumi config rm datadog:site\` and \`pulumi config set ${nameInStack("site")} ${known}\`. A refresh or a destroy uses the configuration of the last \`pulumi up\`, unless it is run with --run-program.`,
  );
}

/**
 * Whether a preview may ask Datadog who holds a seat already.
 *
 * @throws ConfigurationError when it is neither true nor false
 */
export const previewLookup = (config: ReadConfig, nameOf = nameInStack): boolean =>
  trueOrFalse(config, nameOf("previewLookup"), true);

/**
 * Whether a preview reads every page of a listing, to count the seats.
 *
 * @throws ConfigurationError when it is neither true nor false
 */
export const previewPeak = (config: ReadConfig, nameOf = nameInStack): boolean =>
  trueOrFalse(config, nameOf("previewPeak"), false);

function trueOrFalse(config: ReadConfig, name: string, fallback: boolean): boolean {
  const text = config(name)?.trim() || `${fallback}`;
  if (text === "true" || text === "false") return text === "true";
  throw new ConfigurationError(
    `${name} is ${JSON.stringify(text)}. Expected true or false (default ${fallback}).`,
  );
}
