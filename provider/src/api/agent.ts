// The connections to Datadog: made directly or through the proxy of the environment, kept for the next request, and ended
// before a firewall on the way forgets them.
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { TLSSocket } from "node:tls";
import { type Connection, isLoopback } from "../config/connection";
import { recordReady } from "./attempt";
import { tunnelThrough } from "./proxy";

const OPTIONS = {
  keepAlive: true,
  /** How long a connection may be idle: firewalls forget idle ones after a minute or more, without telling anybody. */
  timeout: 15_000,
  /** More are not needed: so many requests are sent side by side at most. */
  maxFreeSockets: 4,
  /** How long each address of a host may take to connect before the next one is tried, because 250 ms are too short. */
  autoSelectFamilyAttemptTimeout: 3000,
};

/** @throws ConfigurationError when the environment names a proxy that can't be one */
export function agentFor({ apiUrl, requestTimeoutMs }: Connection): HttpAgent {
  const { protocol, hostname } = new URL(apiUrl);
  const proxy = isLoopback(hostname) ? "" : proxyFor(apiUrl);
  const agent = proxy
    ? tunnelThrough(proxy, OPTIONS, requestTimeoutMs)
    : new (protocol === "https:" ? HttpsAgent : HttpAgent)(OPTIONS);
  const { createConnection } = agent;
  agent.createConnection = (...args) => {
    const socket = createConnection.apply(agent, args);
    const event = socket instanceof TLSSocket ? "secureConnect" : "connect";
    socket?.once(event, () => recordReady(socket));
    return socket;
  };
  return agent;
}

/** The URL of the proxy that the environment names for another URL; empty where there is none. */
function proxyFor(url: string): string {
  const { getProxyForUrl } = require("proxy-from-env") as { getProxyForUrl(url: string): string };
  const proxy = getProxyForUrl(url);
  // Without a scheme it is http, as for curl and Pulumi itself; the library gives it that of the other URL.
  const names = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];
  const bare = names.map((name) => process.env[name]).find((text) => proxy === `https://${text}`);
  return bare ? `http://${bare}` : proxy;
}
