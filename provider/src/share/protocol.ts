// What a share and its stacks tell each other: over one connection for each stack, a line of JSON for every request and
// every response.
import type { Socket } from "node:net";
import type { Call } from "../api/call";
import type { Outcome } from "../api/errors";
import type { ProductSeats } from "../seats/productSeats";

/** The methods of ProductSeats, which a share has one of for each product. */
export type Method = keyof ProductSeats;

export interface ShareRequest {
  /** Counts the requests of a connection. */
  readonly id: number;
  readonly method: Method;
  readonly productCode: string;
  /** Absent where the method is about everybody. */
  readonly userId?: string;
}

/** What a run asks for the seats of its org, in another process or in its own. */
export interface Share {
  /** @param call what a failure is described as */
  send(request: Omit<ShareRequest, "id">, call: Call): Promise<unknown>;
}

export interface ShareResponse {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: Failure;
}

/** A SeatsApiError without its call, which the stack knows, by its own name of the org. */
export interface Failure {
  readonly outcome: Outcome;
  readonly reason: string;
  readonly remedy?: string;
  readonly status?: number;
  /** The same number for all users whom one failure affects. */
  readonly cause: number;
}

/**
 * TLS with a pre-shared key (RFC 4279): each end proves to the other that it has the keys of the org, and neither the
 * keys nor anything else is told to whoever can't. Node offers it up to TLS 1.2.
 */
export const TLS = {
  ciphers: "ECDHE-PSK-CHACHA20-POLY1305:PSK-AES256-GCM-SHA384",
  minVersion: "TLSv1.2",
  maxVersion: "TLSv1.2",
} as const;

export function sendMessage(socket: Socket, message: ShareRequest | ShareResponse): void {
  socket.write(`${JSON.stringify(message)}\n`);
}

export function onMessage<Message>(socket: Socket, receive: (message: Message) => void): void {
  let line: string[] = [];
  socket.setEncoding("utf8").on("data", (text: string) => {
    const [end = "", ...more] = text.split("\n");
    line.push(end);
    for (const begin of more) {
      receive(JSON.parse(line.join("")) as Message);
      line = [begin];
    }
  });
}
