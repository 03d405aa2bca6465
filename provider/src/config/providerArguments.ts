// What a provider of the native plugin is told: its arguments in a program, or `datadog-seats:*` in a stack's
// configuration. The docstrings are those of the schema, and so of every SDK.

/**
 * The connection to one Datadog org, with one pair of keys. What is not given here comes from the environment of the
 * Pulumi CLI.
 */
export interface ProviderArguments {
  /**
   * The API key. In the environment: `DD_API_KEY` or `DATADOG_API_KEY`.
   *
   * @secret
   */
  apiKey?: string;
  /**
   * The application key. Its owner needs one of the permissions `billing_read`, `incident_read`, `on_call_read`, and to
   * change seats one of `billing_edit`, `incident_write`, `on_call_write`. In the environment: `DD_APP_KEY` or
   * `DATADOG_APP_KEY`.
   *
   * @secret
   */
  appKey?: string;
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
  /** How many seconds one attempt of a request may take. The default is 30. */
  requestTimeoutSeconds?: number;
  /** How many seconds one request may take with all its attempts and waits. The default is 900. */
  maxWaitSeconds?: number;
}
