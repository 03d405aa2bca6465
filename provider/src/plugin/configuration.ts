// The arguments of a provider, whether a program gives them to an explicit one, or the stack's configuration to the
// default one: `datadog-seats:apiKey` and so on.
import { readConnection } from "../config/connection";
import {
  nameInProvider,
  PROVIDER_ARGUMENTS,
  previewLookup,
  type ReadConfig,
} from "../config/settings";
import { UNKNOWN } from "../lifecycle/inputs";
import { ConfigurationError } from "../model/errors";
import { hasDefaultName, nameOfUrn } from "../model/urn";
import { type Properties, pathOf } from "./properties";
import { unknownNames } from "./schema";

/** The engine's own, among the arguments of every provider. */
const OF_ENGINE = ["version", "pluginDownloadURL"];

const KEYS = ["apiKey", "appKey"];

/** The keys are secret, whether or not the program has said so. */
export const SECRET_ARGUMENTS: ReadonlySet<string> = new Set(KEYS.map(pathOf));

/** Reads arguments by the full names of settings. */
export function readArguments(args: Properties): ReadConfig {
  const byName = new Map(
    Object.entries(args).map(([name, value]) => [nameInProvider(name), asText(value)]),
  );
  return (name) => byName.get(name);
}

/**
 * What is wrong with arguments, as far as they are known yet.
 *
 * @param explicit the name of a provider that the program declares
 */
export function argumentProblems(args: Properties, explicit?: string): string[] {
  const given = Object.keys(args).filter((name) => !OF_ENGINE.includes(name));
  const problems = unknownNames("the provider datadog-seats", given, PROVIDER_ARGUMENTS);
  // One that will only be known later counts as absent; a key has to be there.
  const known = Object.entries(args).filter(
    ([name, value]) => value !== UNKNOWN || KEYS.includes(name),
  );
  const config = readArguments(Object.fromEntries(known));
  try {
    readConnection(config, process.env, nameInProvider);
    previewLookup(config, nameInProvider);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const whose =
      explicit === undefined
        ? ""
        : ` The provider "${explicit}" takes its settings as arguments, such as \`apiKey\`: those of the stack's configuration are for the default provider only.`;
    problems.push(`${error.message}${whose}`);
  }
  return problems;
}

/** The name of a provider that the program declares; of the default one, which the engine makes, nothing. */
export function explicitName(urn: string): string | undefined {
  return hasDefaultName(urn) ? undefined : nameOfUrn(urn);
}

/** SDKs send numbers and booleans as they are, or as JSON. */
const asText = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
