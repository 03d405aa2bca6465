// How to reach an org: where Datadog's API is, as whom it is called, and the limits of a call. From the stack's configuration,
// else from the environment.
import { ConfigurationError } from "../model/errors";
import { type Credentials, type Environment, findCredentials, toCredentials } from "./credentials";
import {
  doctorCommand,
  nameInExplicitProvider,
  nameInStack,
  type ReadConfig,
  refuseSiteOfDatadog,
} from "./settings";
import { apiUrlOfSite, DEFAULT_SITE, SITES } from "./sites";

/** How to reach a Datadog org: everything that the API client needs to know. */
export interface Connection {
  /** Scheme, host and path before `/api/v2/…`, without a trailing slash. */
  readonly apiUrl: string;
  readonly credentials: Credentials;
  /** Whether one of them comes from the stack's configuration, which Pulumi stores in the state. */
  readonly keysInStack: boolean;
  /** All keys and tokens of the configuration and the environment: none may be shown. */
  readonly secrets: readonly string[];
  /** What the settings are called in the messages of failed calls. */
  readonly names: SettingNames;
  /** `page[limit]` of every listing; without it a listing finds out what Datadog takes. */
  readonly pageSize?: number;
  /** How many pages of a listing an assignment waits for, to adopt a seat that is held already; may be infinite. */
  readonly adoptionPages: number;
  /** How long one attempt may take, in milliseconds. */
  readonly requestTimeoutMs: number;
  /** The retry budget: how long one call may take with all its attempts and waits, in milliseconds. */
  readonly maxWaitMs: number;
}

interface SettingNames {
  readonly site: string;
  readonly apiUrl: string;
  /** The one that says where the API is: of the site or of the URL, in the stack or in the environment. */
  readonly address: string;
  /** Absent where there is no such setting. */
  readonly maxWait?: string;
  readonly adoptionPages: string;
  /** The command that tells what is wrong with the credentials. */
  readonly doctor: string;
}

/**
 * Reads the connection. The stack's configuration wins over the environment, and in each the URL over the site and a token over
 * keys.
 *
 * @param stack absent where there is no stack: messages then name the environment's variables alone
 * @param nameOf what the settings are called there
 * @param credentials to be used in place of those that are found
 * @throws ConfigurationError with the remedy: keys missing or malformed, an unknown site, a URL that isn't one or would
 * send the keys unencrypted, a number out of its range.
 */
export function readConnection(
  stack: ReadConfig | undefined,
  environment: Environment,
  nameOf = nameInStack,
  credentials?: Credentials,
): Connection {
  if (stack) refuseSiteOfDatadog(stack);
  const setting = (name: string) => nonEmpty(stack?.(nameOf(name)));
  const variable = (name: string) => nonEmpty(environment[name]);
  const seconds = (name: string, fallback: number) => {
    const text = setting(name) ?? `${fallback}`;
    return wholeNumber(nameOf(name), text, 1, 24 * 3600, ` (default ${fallback})`);
  };
  const pageSize = setting("pageSize");
  const { findings, secrets } = findCredentials(stack, environment, nameOf);
  const keysInStack = findings.some(({ inStack }) => inStack);
  const isGiven = keysInStack || Boolean(setting("apiUrl") ?? setting("site"));
  const isInStack = isGiven && nameOf !== nameInExplicitProvider;
  const names = {
    site: stack ? nameOf("site") : "DD_SITE",
    apiUrl: stack ? nameOf("apiUrl") : "DD_HOST",
    ...(stack && { maxWait: nameOf("maxWaitSeconds") }),
    adoptionPages: nameOf("adoptionPages"),
    doctor: doctorCommand(nameOf !== nameInStack, isInStack ? "STACK" : undefined),
  };
  const addresses = [
    { name: nameOf("apiUrl"), value: setting("apiUrl"), read: checkedUrl },
    { name: nameOf("site"), value: setting("site"), read: checkedSite },
    { name: "DD_HOST", value: variable("DD_HOST"), read: checkedUrl },
    { name: "DATADOG_HOST", value: variable("DATADOG_HOST"), read: checkedUrl },
    { name: "DD_SITE", value: variable("DD_SITE"), read: checkedSite },
  ];
  const fallback = { name: names.site, value: DEFAULT_SITE, read: checkedSite };
  const { name: address, value = "", read } = addresses.find(({ value }) => value) ?? fallback;
  return {
    apiUrl: read(address, value),
    credentials: credentials ?? toCredentials(findings),
    keysInStack,
    secrets,
    names: { ...names, address },
    ...(pageSize !== undefined && {
      pageSize: wholeNumber(nameOf("pageSize"), pageSize, 1, 10_000),
    }),
    adoptionPages: pagesOrAll(nameOf("adoptionPages"), setting("adoptionPages") ?? "10"),
    requestTimeoutMs: 1000 * seconds("requestTimeoutSeconds", 30),
    maxWaitMs: 1000 * seconds("maxWaitSeconds", 15 * 60),
  };
}

/** The host of the API. */
export const apiHost = ({ apiUrl }: Pick<Connection, "apiUrl">) => new URL(apiUrl).host;

const nonEmpty = (value: string | undefined) => value?.trim() || undefined;

function checkedSite(name: string, site: string): string {
  const url = apiUrlOfSite(site);
  if (url) return url;
  throw new ConfigurationError(
    `${name} is ${JSON.stringify(site)}, which is not a Datadog site. Expected one of ${SITES.join(", ")}.`,
  );
}

function checkedUrl(name: string, text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new ConfigurationError(
      `${name} is not a URL. Expected one such as https://api.datadoghq.eu.`,
    );
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new ConfigurationError(
      `${name} must be a plain URL such as https://api.datadoghq.eu, without user, password, query or fragment.`,
    );
  }
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname))) {
    throw new ConfigurationError(
      `${name} is ${url.origin}, where the keys would travel unencrypted. Use https (plain http is accepted for this machine only: 127.0.0.1 or localhost).`,
    );
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

/** Whether a URL's host is this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

const pagesOrAll = (name: string, text: string) =>
  text === "all"
    ? Number.POSITIVE_INFINITY
    : wholeNumber(name, text, 0, 10_000, ' or "all" (default 10)');

/** @param otherwise ends the message: what else is accepted, and the default */
function wholeNumber(name: string, text: string, min: number, max: number, otherwise = ""): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new ConfigurationError(
    `${name} is ${JSON.stringify(text)}. Expected a whole number from ${min} to ${max}${otherwise}.`,
  );
}
