// How a server of a test is reached: as the client takes it, as a stack's configuration, and by the environment.
import type { Connection } from "../../provider/src/config/connection";

export interface TestServer {
  readonly url: string;
  readonly keys: { readonly apiKey: string; readonly appKey: string; readonly token?: string };
}

/** A connection to a server of a test, with the defaults of a real one where a test doesn't say otherwise. */
export function connectionTo(server: TestServer, changes: Partial<Connection> = {}): Connection {
  const connection = {
    apiUrl: server.url,
    credentials: { apiKey: server.keys.apiKey, appKey: server.keys.appKey },
    keysInStack: false,
    adoptionPages: 10,
    requestTimeoutMs: 30_000,
    maxWaitMs: 900_000,
    names: {
      site: "datadogSeats:site",
      apiUrl: "datadog:apiUrl",
      address: "datadog:apiUrl",
      maxWait: "datadogSeats:maxWaitSeconds",
      adoptionPages: "datadogSeats:adoptionPages",
      doctor: "npx pulumi-datadog-seats doctor --config-stack STACK",
    },
    ...changes,
  };
  return { secrets: Object.values(connection.credentials), ...connection };
}

/** The configuration of a stack that points at a server of a test. */
export const configurationFor = ({ url, keys }: TestServer) => ({
  "datadog:apiUrl": url,
  "datadog:apiKey": keys.apiKey,
  "datadog:appKey": keys.appKey,
});

/** The environment that points at a server of a test. */
export const pointingAt = ({ url, keys }: TestServer) => ({
  DD_HOST: url,
  DD_API_KEY: keys.apiKey,
  DD_APP_KEY: keys.appKey,
});
