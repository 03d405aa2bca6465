// A server on this machine that responds with whatever a test makes up.
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Connection } from "../../provider/src/config/connection";
import { connectionTo } from "./connection";

export interface HostileResponse {
  status?: number;
  phrase?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Closes the connection when so many bytes of the body are sent. */
  cutAt?: number;
}

export interface Arrived {
  readonly method: string;
  readonly cursor: string | null;
  /** By the wall clock of the test, in milliseconds. */
  readonly at: number;
  readonly userIds: readonly string[];
}

export class HostileServer {
  /** As long as real ones, and of characters that are encoded. */
  static readonly KEYS = {
    apiKey: "9f8e7d6c5b4a39281706f5e4d3c2b1a0",
    appKey: "ddapp_Ab3/+Cd4Ef5=Gh6Ij7Kl8Mn9Op0Qr1",
  };
  readonly keys = HostileServer.KEYS;
  arrived: Arrived[] = [];
  /** The response to the next request; without one, a test writes it by itself. */
  respond: (request: Arrived, response: ServerResponse) => HostileResponse | undefined = () => ({});
  private readonly server: Server;

  private constructor() {
    this.server = createServer({ maxHeaderSize: 1 << 20 }, (request, response) => {
      void this.serve(request, response);
    });
  }

  static async start(): Promise<HostileServer> {
    const hostile = new HostileServer();
    hostile.server.listen(0, "127.0.0.1");
    await once(hostile.server, "listening");
    return hostile;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  connection(changes: Partial<Connection> = {}): Connection {
    return connectionTo(this, changes);
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, "close");
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = "";
    for await (const chunk of request) text += chunk;
    const arrived: Arrived = {
      method: request.method ?? "",
      cursor: new URL(request.url ?? "", this.url).searchParams.get("page[cursor]"),
      at: Date.now(),
      userIds: text ? JSON.parse(text).data.attributes.user_uuids : [],
    };
    this.arrived.push(arrived);
    const hostile = this.respond(arrived, response);
    if (hostile) send(response, hostile);
  }
}

function send(response: ServerResponse, hostile: HostileResponse): void {
  const { status = 200, phrase = "OK", headers = {}, body = "", cutAt } = hostile;
  response.sendDate = false;
  response.writeHead(status, phrase, { "content-length": Buffer.byteLength(body), ...headers });
  if (cutAt === undefined) response.end(body);
  else response.write(Buffer.from(body).subarray(0, cutAt), () => response.destroy());
}
