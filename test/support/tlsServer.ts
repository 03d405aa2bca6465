// An HTTPS server on this machine, whose certificate is by a CA that Node does not know.
import { once } from "node:events";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import tls, { type SecureContextOptions } from "node:tls";
import sinon from "sinon";
import { CA, CERTIFICATE, CERTIFICATE_KEY } from "./certificate";

export class TlsServer {
  readonly keys = {
    apiKey: "9f8e7d6c5b4a39281706f5e4d3c2b1a0",
    appKey: "ddapp_Ab3Cd4Ef5Gh6Ij7Kl8",
  };
  readonly connections: Duplex[] = [];
  /** The connection of each request, by its other end's port. */
  readonly requests: number[] = [];
  /** The status of the response to the next request of a connection; 0 drops the connection. */
  respond: (connection: number) => number = () => 200;
  private readonly server: Server;

  private constructor() {
    this.server = createServer({ cert: CERTIFICATE, key: CERTIFICATE_KEY });
    // It keeps connections for as long as the client does.
    this.server.keepAliveTimeout = 0;
    this.server.on("connection", (socket) => this.connections.push(socket));
    this.server.on("request", (request, response) => {
      const connection = request.socket.remotePort ?? 0;
      this.requests.push(connection);
      const status = this.respond(connection);
      if (status === 0) request.socket.destroy();
      else response.writeHead(status, { "content-type": "application/json" }).end('{"data":[]}');
    });
  }

  static async start(): Promise<TlsServer> {
    const server = new TlsServer();
    server.server.listen(0, "127.0.0.1");
    await once(server.server, "listening");
    return server;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `https://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    this.server.close();
    for (const socket of this.connections) socket.destroy();
    await once(this.server, "close");
  }
}

/** Trusts the server's CA until the stub is restored, as NODE_EXTRA_CA_CERTS does from the start of a process. */
export function trustCa(): sinon.SinonStub {
  const { createSecureContext } = tls;
  return sinon
    .stub(tls, "createSecureContext")
    .callsFake((options?: SecureContextOptions) => createSecureContext({ ...options, ca: CA }));
}
