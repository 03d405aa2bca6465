// The settings under `datadogSeats:` in a stack's configuration: which there are, and one that only the program reads.
import { ConfigurationError } from "../model/errors";
import { suggest } from "../model/suggest";
import type { ReadConfig } from "./orgs";

const NAMESPACE = "datadogSeats:";

/** Every setting, by its name after `datadogSeats:`. */
const SETTINGS = [
  "adoptionPages",
  "maxWaitSeconds",
  "orgs",
  "pageSize",
  "previewLookup",
  "requestTimeoutSeconds",
];

/**
 * Refuses a setting that there is not, because it would be ignored.
 *
 * @param keys of the whole configuration, with their namespaces
 * @throws ConfigurationError that names the setting that was probably meant
 */
export function checkSettings(keys: readonly string[]): void {
  for (const key of keys) {
    const name = key.slice(NAMESPACE.length);
    if (!key.startsWith(NAMESPACE) || SETTINGS.includes(name)) continue;
    const meant = suggest(name, SETTINGS);
    const advice = meant
      ? `did you mean ${NAMESPACE}${meant}?`
      : `expected one of ${SETTINGS.join(", ")}.`;
    throw new ConfigurationError(
      `${key} is no setting: ${advice} \`pulumi config rm ${key}\` removes it.`,
    );
  }
}

/**
 * Whether a preview may ask Datadog who holds a seat already.
 *
 * @throws ConfigurationError when it is neither true nor false
 */
export function previewLookup(config: ReadConfig): boolean {
  const text = config(`${NAMESPACE}previewLookup`)?.trim() || "true";
  if (text === "true" || text === "false") return text === "true";
  throw new ConfigurationError(
    `${NAMESPACE}previewLookup is ${JSON.stringify(text)}. Expected true or false (default true).`,
  );
}
