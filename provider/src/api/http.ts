// The connection of a client to Datadog's API: axios, set up so that it sends keys nowhere else and reads no response
// without end.
import axios, { type AxiosInstance } from "axios";
import type { Connection } from "../config/connection";
import { agentFor } from "./agent";
import { transport } from "./transport";

/** Far above any page of seats; a response that is longer is not read to its end. */
const MAX_RESPONSE_BYTES = 16 * 1024 * 1024;

export function createHttp(connection: Connection): AxiosInstance {
  const agent = agentFor(connection);
  const { name, version } = require("../../package.json") as { name: string; version: string };
  return axios.create({
    baseURL: connection.apiUrl,
    headers: {
      Accept: "application/json",
      "User-Agent": `${name}/${version}`,
    },
    // A redirect would carry the keys to another host.
    maxRedirects: 0,
    maxContentLength: MAX_RESPONSE_BYTES,
    responseType: "text",
    transformResponse: (data) => data,
    transport,
    httpAgent: agent,
    httpsAgent: agent,
    // The agent knows the proxy.
    proxy: false,
  });
}
