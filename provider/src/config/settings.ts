// The settings in a stack's configuration, and the arguments of the native plugin's provider: which there are, what they
// are called, and one that only a preview needs.
import { ConfigurationError } from "../model/errors";
import { adviceOn } from "../model/suggest";
import type { ProviderArguments } from "./providerArguments";

/** The settings that are called as those of @pulumi/datadog, so that both share one configuration. */
const OF_DATADOG = ["apiKey", "appKey", "site", "apiUrl"];

const NAMESPACE = "datadogSeats:";

/** Every other setting, by its name after `datadogSeats:`. */
const SETTINGS = [
  "adoptionPages",
  "maxWaitSeconds",
  "pageSize",
  "previewLookup",
  "requestTimeoutSeconds",
];

/** Looks a value of a configuration up by its full name, such as `datadog:apiKey`. */
export type ReadConfig = (key: string) => string | undefined;

/** The full name of a setting: it is read by that name, and messages call it so. */
export type NameSetting = (setting: string) => string;

/** The names in the configuration of a stack with dynamic resources, such as `datadog:apiKey`. */
export const nameInStack: NameSetting = (setting) =>
  `${OF_DATADOG.includes(setting) ? "datadog:" : NAMESPACE}${setting}`;

/** The names in the configuration of a stack that uses the native plugin, such as `datadog-seats:apiKey`. */
export const nameInProvider: NameSetting = (setting) => `datadog-seats:${setting}`;

/** The arguments of the native plugin's provider. */
export const PROVIDER_ARGUMENTS = Object.keys({
  apiKey: true,
  appKey: true,
  site: true,
  apiUrl: true,
  pageSize: true,
  adoptionPages: true,
  previewLookup: true,
  requestTimeoutSeconds: true,
  maxWaitSeconds: true,
} satisfies Record<keyof ProviderArguments, true>);

/**
 * Refuses an unknown setting, because it would be ignored.
 *
 * @param keys of the whole configuration, with their namespaces
 * @throws ConfigurationError that names the setting that was probably meant
 */
export function checkSettings(keys: readonly string[]): void {
  for (const key of keys) {
    const name = key.slice(NAMESPACE.length);
    if (!key.startsWith(NAMESPACE) || SETTINGS.includes(name)) continue;
    const advice = adviceOn(name, SETTINGS, (meant) => `${NAMESPACE}${meant}`);
    throw new ConfigurationError(
      `${key} is not a setting: ${advice} \`pulumi config rm ${key}\` removes it.`,
    );
  }
}

/**
 * Whether a preview may ask Datadog who holds a seat already.
 *
 * @throws ConfigurationError when it is neither true nor false
 */
export function previewLookup(config: ReadConfig, nameOf = nameInStack): boolean {
  const name = nameOf("previewLookup");
  const text = config(name)?.trim() || "true";
  if (text === "true" || text === "false") return text === "true";
  throw new ConfigurationError(
    `${name} is ${JSON.stringify(text)}. Expected true or false (default true).`,
  );
}
