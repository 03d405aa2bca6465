// What proves to Datadog who is asking: an access token, or an API key and an application key. From the stack's configuration,
// else from the environment; the names are those of @pulumi/datadog and of Datadog's own tools.
import { ConfigurationError } from "../model/errors";
import type { NameSetting, ReadConfig } from "./settings";

export type Credentials = KeyPair | AccessToken;

interface KeyPair {
  readonly apiKey: string;
  readonly appKey: string;
}

interface AccessToken {
  readonly token: string;
}

export const isToken = (credentials: Credentials): credentials is AccessToken =>
  "token" in credentials;

export type Environment = Readonly<Record<string, string | undefined>>;

/** In the environment each has two names, of which the first wins. */
const KINDS = {
  bearerToken: { what: "access token", variables: ["DD_BEARER_TOKEN", "DATADOG_BEARER_TOKEN"] },
  apiKey: { what: "API key", variables: ["DD_API_KEY", "DATADOG_API_KEY"] },
  appKey: { what: "application key", variables: ["DD_APP_KEY", "DATADOG_APP_KEY"] },
} as const;

type Kind = keyof typeof KINDS;

/** The settings that hold them. */
export const SECRET_SETTINGS: readonly string[] = Object.keys(KINDS);

/** What Datadog takes in place of an application key too, and then doesn't look at the API key. */
const ACCESS_TOKEN = /^dd[ps]at_/;

/** A value, and the setting or the variable that it comes from. */
interface Given {
  readonly from: string;
  readonly inStack: boolean;
  readonly value: string;
}

/** One of the credentials in force. */
interface Finding extends Partial<Given> {
  readonly what: (typeof KINDS)[Kind]["what"];
  /** Why it can't be used, without its value: it is missing or malformed. */
  readonly problem?: string;
}

interface FoundCredentials {
  /** The access token alone, or the API key and the application key. */
  readonly findings: readonly Finding[];
  /** All that is given, in force or not: none may be shown. */
  readonly secrets: readonly string[];
}

/**
 * Finds the credentials in force. The stack's configuration wins over the environment, and in each a token over the keys. A stack
 * that has one of the keys takes the other from the environment.
 *
 * @param stack absent where there is no stack: messages then name the environment's variables alone
 */
export function findCredentials(
  stack: ReadConfig | undefined,
  environment: Environment,
  nameOf: NameSetting,
): FoundCredentials {
  const all = (kind: Kind): Given[] =>
    [
      { from: nameOf(kind), inStack: true, value: stack?.(nameOf(kind)) },
      ...KINDS[kind].variables.map((from) => {
        return { from, inStack: false, value: environment[from] };
      }),
    ]
      .map((one) => ({ ...one, value: one.value?.trim() ?? "" }))
      .filter(({ value }) => value !== "");
  const [tokens, apiKeys, appKeys] = [all("bearerToken"), all("apiKey"), all("appKey")];
  const [[apiKey], [appKey]] = [apiKeys, appKeys];

  const isTokenAsKey = ACCESS_TOKEN.test(appKey?.value ?? "");
  const isComplete = isTokenAsKey || (apiKey !== undefined && appKey !== undefined);
  const stackWins = isComplete && [apiKey, appKey].some((key) => key?.inStack);
  const token =
    tokens.find(({ inStack }) => inStack || !stackWins) ?? (isTokenAsKey ? appKey : undefined);

  const finding = (kind: Kind, given: Given | undefined, advice = ""): Finding => {
    const problem = given ? malformed(kind, given) : `${missing(kind, stack, nameOf)}${advice}`;
    return { what: KINDS[kind].what, ...given, ...(problem && { problem }) };
  };
  const isNoneGiven = apiKey === undefined && appKey === undefined;
  return {
    findings: token
      ? [finding("bearerToken", token)]
      : [
          finding("apiKey", apiKey),
          finding("appKey", appKey, isNoneGiven ? tokenAdvice(stack, nameOf) : ""),
        ],
    secrets: [...tokens, ...apiKeys, ...appKeys].map(({ value }) => value),
  };
}

/** @throws ConfigurationError that names all that is wrong */
export function toCredentials(findings: readonly Finding[]): Credentials {
  const problems = findings.flatMap(({ problem }) => problem ?? []);
  if (problems.length > 0) throw new ConfigurationError(problems.join(" "));
  const [first = "", second] = findings.map(({ value }) => value);
  return second === undefined ? { token: first } : { apiKey: first, appKey: second };
}

function missing(kind: Kind, stack: ReadConfig | undefined, nameOf: NameSetting): string {
  const { what, variables } = KINDS[kind];
  const inStack = stack ? `with \`pulumi config set --secret ${nameOf(kind)}\` or ` : "";
  return `There is no Datadog ${what}. Set it ${inStack}in the environment as ${variables[0]}.${misnamed(kind, stack)}`;
}

function tokenAdvice(stack: ReadConfig | undefined, nameOf: NameSetting): string {
  const setting = stack ? `${nameOf("bearerToken")} or ` : "";
  return ` An access token, ${setting}${KINDS.bearerToken.variables[0]}, takes the place of both.${misnamed("bearerToken", stack)}`;
}

/** A sentence for each setting that the stack has under a name that was probably meant for this one. */
function misnamed(kind: Kind, stack: ReadConfig | undefined): string {
  const snake = kind.replace(/[A-Z]/, (letter) => `_${letter.toLowerCase()}`);
  return [`datadog:${kind.toLowerCase()}`, `datadog:${snake}`, kind]
    .filter((name) => stack?.(name))
    .map((name) => ` Nothing reads ${name}: \`pulumi config rm ${name}\` removes it.`)
    .join("");
}

/** The value itself is never shown. */
function malformed(kind: Kind, { from, value }: Given): string | undefined {
  if (/^[\x21-\x7e]+$/.test(value)) return undefined;
  return `The Datadog ${KINDS[kind].what} (${from}) holds characters that no key has. Set it again, without quotes or line breaks.`;
}
