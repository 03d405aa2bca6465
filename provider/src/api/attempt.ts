// How far an attempt without a response got, and what becomes of the connections when one of them has failed.
import type { Agent, ClientRequest } from "node:http";
import type { Duplex } from "node:stream";
import type { AxiosError } from "axios";

/** The connections over which a request could be sent: TLS is ready. */
const ready = new WeakSet<Duplex>();

export const recordReady = (socket: Duplex) => void ready.add(socket);

type Failure = Pick<AxiosError<unknown>, "config" | "request" | "response">;
const agentOf = ({ config }: Failure) =>
  config?.httpsAgent as (Agent & { proxy?: URL }) | undefined;
const requestOf = ({ request }: Failure) => request as ClientRequest | undefined;

/** Whether an attempt that has no response could be sent. */
export function wasSent(failure: Failure): boolean {
  const socket = requestOf(failure)?.socket;
  return socket ? ready.has(socket) : false;
}

/** The proxy that an attempt did not get past, as `host:port`. */
export function proxyOf(failure: Failure): string | undefined {
  if (failure.response || requestOf(failure)?.socket) return undefined;
  return agentOf(failure)?.proxy?.host;
}

/** Whether an attempt failed on a connection that was kept, which may have been dead before the attempt began. */
export const wasKept = (failure: Failure) =>
  !failure.response && requestOf(failure)?.reusedSocket === true;

/** Ends all idle connections: they are probably as dead as one that has just failed. */
export function endIdle(failure: Failure): void {
  for (const socket of Object.values(agentOf(failure)?.freeSockets ?? {}).flat()) socket?.destroy();
}
