// The arguments of the plugin's provider: those of an explicit one come from the program, those of the default one from the
// stack's configuration, as `datadog-seats:apiKey` and so on.
import { readConnection } from "../config/connection";
import { SECRET_SETTINGS } from "../config/credentials";
import { seatLimits } from "../config/seatLimits";
import {
  nameInProvider,
  PROVIDER_ARGUMENTS,
  previewLookup,
  previewPeak,
  type ReadConfig,
} from "../config/settings";
import { UNKNOWN } from "../lifecycle/inputs";
import { ConfigurationError } from "../model/errors";
import { unknownArguments } from "../model/suggest";
import { hasDefaultName, nameOfUrn, parseUrn } from "../model/urn";
import { type Properties, pathOf } from "./properties";

/** What the engine adds to the arguments of every provider. */
const OF_ENGINE = ["version", "pluginDownloadURL"];

/** Keys and tokens are secret, whether or not the program says so. */
export const SECRET_ARGUMENTS: ReadonlySet<string> = new Set(SECRET_SETTINGS.map(pathOf));

/** Reads arguments by the full names of settings. */
export function readArguments(args: Properties): ReadConfig {
  const byName = new Map(
    Object.entries(args).map(([name, value]) => [nameInProvider(name), asText(value)]),
  );
  return (name) => byName.get(name);
}

/**
 * What is wrong with the arguments, as far as they are known.
 *
 * @param urn of the provider: those that the engine makes take the stack's configuration
 */
export function argumentProblems(args: Properties, urn: string): string[] {
  const given = Object.keys(args).filter((name) => !OF_ENGINE.includes(name));
  const problems = isProjectsToo(urn)
    ? []
    : unknownArguments("the provider datadog-seats", given, PROVIDER_ARGUMENTS);
  // What isn't known yet counts as absent; but a key is needed.
  const known = Object.entries(args).filter(
    ([name, value]) => value !== UNKNOWN || SECRET_SETTINGS.includes(name),
  );
  const config = readArguments(Object.fromEntries(known));
  try {
    readConnection(config, process.env, nameInProvider);
    previewLookup(config, nameInProvider);
    previewPeak(config, nameInProvider);
    seatLimits(config, nameInProvider);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const advice = hasDefaultName(urn)
      ? ""
      : ` The provider "${nameOfUrn(urn)}" takes its settings as arguments, such as \`apiKey\`: those of the stack's configuration are for the default provider only.`;
    problems.push(`${error.message}${advice}`);
  }
  return problems;
}

/** What is worth a warning only: settings that may be those of a project which has the plugin's name. */
export function argumentWarning(args: Properties, urn: string): string | undefined {
  const known = [...OF_ENGINE, ...PROVIDER_ARGUMENTS];
  const unknown = Object.keys(args).filter((name) => !known.includes(name));
  if (unknown.length === 0 || !isProjectsToo(urn)) return undefined;
  const names = unknown.map((name) => `datadog-seats:${name}`).join(", ");
  return `Not settings of the plugin datadog-seats, and ignored by it: ${names}. The project has the plugin's name, so they may be its own.`;
}

/** Whether the stack's configuration of a provider is that of the project, too. */
const isProjectsToo = (urn: string) =>
  hasDefaultName(urn) && parseUrn(urn)?.project === "datadog-seats";

/** SDKs send what is no string as it is, or as JSON. */
const asText = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
