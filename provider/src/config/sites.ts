// Datadog's sites and the host that serves the API of each.
// Source: the endpoint table of https://docs.datadoghq.com/api/latest/seats/; uk1 is newer than that table.

/** The site names of Datadog's documents, without the leading `app.` that some of them have. */
export const SITES = [
  "datadoghq.com",
  "us3.datadoghq.com",
  "us5.datadoghq.com",
  "datadoghq.eu",
  "ap1.datadoghq.com",
  "ap2.datadoghq.com",
  "uk1.datadoghq.com",
  "ddog-gov.com",
  "us2.ddog-gov.com",
] as const;

export const DEFAULT_SITE = "datadoghq.com";

/** The API's URL of a site (`datadoghq.eu` or `app.datadoghq.eu`), or `undefined` when there is no such site. */
export function apiUrlOfSite(site: string): string | undefined {
  const name = site
    .trim()
    .toLowerCase()
    .replace(/^app\./, "");
  return SITES.some((known) => known === name) ? `https://api.${name}` : undefined;
}
