// A proxy on this machine: every tunnel through it ends at one server, whatever host it is for.
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";

export class ProxyServer {
  /** The `host:port` of every CONNECT. */
  readonly connects: string[] = [];
  /** The `user:password` that it asks for. */
  credentials: string | undefined;
  /** What it responds to a CONNECT with the right credentials: 0 hangs up, and `undefined` never responds. */
  status: number | undefined = 200;
  readonly sockets: Duplex[] = [];
  private readonly server: Server;

  private constructor(private readonly port: number) {
    this.server = createServer();
    this.server.on("connect", (request, socket) => this.serve(request, socket));
  }

  /** @param port of the server on this machine where the tunnels end */
  static async start(port: number): Promise<ProxyServer> {
    const proxy = new ProxyServer(port);
    proxy.server.listen(0, "127.0.0.1");
    await once(proxy.server, "listening");
    return proxy;
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await once(this.server, "close");
  }

  private serve(request: IncomingMessage, socket: Duplex): void {
    this.connects.push(request.url ?? "");
    this.sockets.push(socket);
    socket.on("error", () => {});
    const [, sent = ""] = (request.headers["proxy-authorization"] ?? "").split(" ");
    const known = Buffer.from(sent, "base64").toString() === (this.credentials ?? "");
    const status = known ? this.status : 407;
    if (status === undefined) socket.resume().on("end", () => socket.destroy());
    else if (status === 0) socket.destroy();
    else if (status !== 200) socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n`);
    else this.tunnel(socket);
  }

  private tunnel(socket: Duplex): void {
    const target: Socket = connect(this.port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      target.pipe(socket).pipe(target);
    });
    target.on("error", () => socket.destroy());
    socket.on("close", () => target.destroy());
  }
}
