// The connections to Datadog: made directly or through the proxy of the environment, kept for the next request, and ended
// before a firewall on the way forgets them. And how far an attempt without a response got.
import { type ClientRequest, Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { Duplex } from "node:stream";
import { TLSSocket } from "node:tls";
import type { AxiosError } from "axios";
import { isLoopback } from "../config/connection";

const AGENT_OPTIONS = {
  keepAlive: true,
  /** How long a connection may be idle: firewalls forget idle ones after a minute or more, without telling anybody. */
  timeout: 15_000,
  /** More are not needed: so many requests are sent side by side at most. */
  maxFreeSockets: 4,
  /** How long each address of a host may take to connect before the next one is tried, because 250 ms are too short. */
  autoSelectFamilyAttemptTimeout: 3000,
};

/** The connections over which a request could be sent: TLS is ready. */
const ready = new WeakSet<Duplex>();

/** @throws ConfigurationError when the environment names a proxy that can't be one */
export function agentFor(apiUrl: string): HttpAgent {
  const { protocol, hostname } = new URL(apiUrl);
  const proxy = isLoopback(hostname) ? "" : proxyFor(apiUrl);
  const agent = proxy
    ? tunnelThrough(proxy)
    : new (protocol === "https:" ? HttpsAgent : HttpAgent)(AGENT_OPTIONS);
  const { createConnection } = agent;
  agent.createConnection = (...args) => {
    const socket = createConnection.apply(agent, args);
    const event = socket instanceof TLSSocket ? "secureConnect" : "connect";
    socket?.once(event, () => ready.add(socket));
    return socket;
  };
  return agent;
}

/** The URL of the proxy that the environment names for another URL; empty where there is none. */
function proxyFor(url: string): string {
  const { getProxyForUrl } = require("proxy-from-env") as { getProxyForUrl(url: string): string };
  return getProxyForUrl(url);
}

/** Loaded when it is needed, because most runs have no proxy. */
function tunnelThrough(proxy: string): HttpAgent {
  const { ProxyAgent } = require("./proxy") as typeof import("./proxy");
  return ProxyAgent.of(proxy, AGENT_OPTIONS);
}

type Failure = Pick<AxiosError<unknown>, "config" | "request" | "response">;
const requestOf = ({ request }: Failure) => request as ClientRequest | undefined;

/** Whether an attempt that has no response could be sent. */
export function wasSent(failure: Failure): boolean {
  const socket = requestOf(failure)?.socket;
  return socket ? ready.has(socket) : false;
}

/** The proxy that an attempt did not get past, as `host:port`. */
export function proxyOf(failure: Failure): string | undefined {
  if (failure.response || requestOf(failure)?.socket) return undefined;
  return (failure.config?.httpsAgent as { proxy?: URL } | undefined)?.proxy?.host;
}

/** Whether an attempt failed on a connection that was kept, which may have been dead before the attempt began. */
export const wasKept = (failure: Failure) =>
  !failure.response && requestOf(failure)?.reusedSocket === true;

/** Ends all idle connections: they are probably as dead as one that has just failed. */
export function endIdle({ config }: Failure): void {
  for (const agent of [config?.httpAgent, config?.httpsAgent] as (HttpAgent | undefined)[]) {
    for (const sockets of Object.values(agent?.freeSockets ?? {})) {
      for (const socket of sockets ?? []) socket.destroy();
    }
  }
}
