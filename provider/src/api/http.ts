// The connection of a client to Datadog's API: axios, set up so that it sends keys nowhere else and reads no response
// without end.
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import axios, { type AxiosInstance } from "axios";
import { type Connection, isLoopback } from "../config/connection";
import { transport } from "./transport";

/** Far above any page of seats; a response that is longer is not read to its end. */
const MAX_RESPONSE_BYTES = 16 * 1024 * 1024;

export function createHttp({ apiUrl, apiKey, appKey }: Connection): AxiosInstance {
  const { name, version } = require("../../package.json") as { name: string; version: string };
  return axios.create({
    baseURL: apiUrl,
    headers: {
      Accept: "application/json",
      "DD-API-KEY": apiKey,
      "DD-APPLICATION-KEY": appKey,
      "User-Agent": `${name}/${version}`,
    },
    // A redirect would carry the keys to another host.
    maxRedirects: 0,
    maxContentLength: MAX_RESPONSE_BYTES,
    responseType: "text",
    transformResponse: (data) => data,
    transport,
    httpAgent: new HttpAgent({ keepAlive: true }),
    httpsAgent: new HttpsAgent({ keepAlive: true }),
    ...(isLoopback(new URL(apiUrl).hostname) && { proxy: false as const }),
  });
}
