// The orgs that a program names: each has keys and a site of its own in the stack's configuration, `datadogSeats:orgs`.
import { ConfigurationError } from "../model/errors";
import { isObject } from "../model/object";

/** Looks a value of the stack's configuration up by its full name, such as `datadog:apiKey`. */
export type ReadConfig = (key: string) => string | undefined;

const ORGS = "datadogSeats:orgs";

/** The settings of a named org. None is taken from elsewhere when it is missing, because it would be another org's. */
export type OrgSetting = "apiKey" | "appKey" | "site" | "apiUrl";

/** The full name of a setting, as `pulumi config set --path` takes it. */
export function orgSetting(org: string, setting: OrgSetting): string {
  return `${ORGS}${org.includes(".") ? `["${org}"]` : `.${org}`}.${setting}`;
}

/** Both keys, and where the API is: without a URL there is a site. */
export type OrgSettings = Record<"apiKey" | "appKey" | "site", string> & { apiUrl?: string };

/**
 * Reads the settings of one org.
 *
 * @throws ConfigurationError when the configuration holds no such org, or something else in its place; and naming all
 * settings that the org lacks
 */
export function readOrg(config: ReadConfig, org: string): OrgSettings {
  const settings = givenSettings(config, org);
  const gaps: [what: string, command: string][] = [];
  const set = (setting: OrgSetting) => `--path '${orgSetting(org, setting)}'`;
  if (!settings.apiKey) gaps.push(["API key", `--secret ${set("apiKey")}`]);
  if (!settings.appKey) gaps.push(["application key", `--secret ${set("appKey")}`]);
  if (!settings.apiUrl && !settings.site) gaps.push(["site", `${set("site")} datadoghq.eu`]);
  if (gaps.length === 0) return { site: "", ...settings } as OrgSettings;
  const lacks = gaps.map(([what]) => what).join(", no ");
  const commands = gaps.map(([, command]) => `\`pulumi config set ${command}\``).join(", ");
  const orUrl = gaps.some(([what]) => what === "site")
    ? ` In place of a site it may have a URL: \`pulumi config set ${set("apiUrl")} https://…\`.`
    : "";
  throw new ConfigurationError(
    `The org "${org}" has no ${lacks}. Set ${gaps.length === 1 ? "it" : "them"} with ${commands}.${orUrl}`,
  );
}

function givenSettings(config: ReadConfig, org: string): Partial<Record<OrgSetting, string>> {
  const orgs = parsed(config(ORGS));
  if (orgs === undefined) {
    throw new ConfigurationError(`${ORGS} is not an object of orgs by name. ${howToSet(org)}`);
  }
  if (!Object.hasOwn(orgs, org)) {
    const names = Object.keys(orgs).map((name) => JSON.stringify(name));
    const held = names.length > 0 ? `holds ${names.join(", ")}` : "is not set";
    throw new ConfigurationError(`There is no org "${org}": ${ORGS} ${held}. ${howToSet(org)}`);
  }
  const entry = orgs[org];
  if (!isObject(entry)) {
    throw new ConfigurationError(`The org "${org}" of ${ORGS} is not an object. ${howToSet(org)}`);
  }
  const settings: Partial<Record<OrgSetting, string>> = {};
  for (const setting of ["apiKey", "appKey", "site", "apiUrl"] as const) {
    const value = entry[setting] ?? "";
    if (typeof value !== "string") {
      // Pulumi stores digits as a number when they are set without --secret.
      throw new ConfigurationError(
        `${orgSetting(org, setting)} is not a string. Set it again, with --secret.`,
      );
    }
    if (value.trim() !== "") settings[setting] = value.trim();
  }
  return settings;
}

/** The keys of all orgs. What is malformed is left for `readOrg` to report. */
export function keysOfOrgs(config: ReadConfig): string[] {
  return Object.values(parsed(config(ORGS)) ?? {})
    .flatMap((org) => (isObject(org) ? [org.apiKey, org.appKey] : []))
    .filter((key) => typeof key === "string");
}

/** Pulumi hands an object over as JSON. */
function parsed(text = ""): Record<string, unknown> | undefined {
  if (text.trim() === "") return {};
  try {
    const orgs: unknown = JSON.parse(text);
    return isObject(orgs) ? orgs : undefined;
  } catch {
    return undefined;
  }
}

const howToSet = (org: string) =>
  `Set its keys with \`pulumi config set --secret --path '${orgSetting(org, "apiKey")}'\`, the same with appKey, and its site with \`pulumi config set --path '${orgSetting(org, "site")}' datadoghq.eu\`.`;
