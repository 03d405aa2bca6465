// The harness of what is tested on the way to Datadog: an HTTPS server, and a proxy that leads to it.
import sinon from "sinon";
import { SeatsApi } from "../../provider/src/api/seats";
import type { Connection } from "../../provider/src/config/connection";
import { connectionTo } from "./connection";
import { ProxyServer } from "./proxyServer";
import { TlsServer, trustCa } from "./tlsServer";

const VARIABLES = ["https_proxy", "HTTPS_PROXY", "no_proxy", "NO_PROXY", "all_proxy", "ALL_PROXY"];

export interface TlsHarness {
  readonly server: TlsServer;
  readonly proxy: ProxyServer;
  /** Lets the client trust the server's certificate. */
  trustCa(): void;
  /** Names the proxy in the environment of this test, perhaps with a user and a password. */
  useProxy(credentials?: string, variable?: string): void;
  /** A client of the server, which it reaches without the proxy. */
  direct(changes?: Partial<Connection>): SeatsApi;
  /** A client of `seats.example`, which only the proxy reaches. */
  proxied(changes?: Partial<Connection>): SeatsApi;
}

export function tlsHarness(): TlsHarness {
  let server: TlsServer;
  let proxy: ProxyServer;
  let before: (string | undefined)[];

  beforeEach(async () => {
    server = await TlsServer.start();
    proxy = await ProxyServer.start(server.port);
    before = VARIABLES.map((name) => process.env[name]);
    for (const name of VARIABLES) delete process.env[name];
  });
  afterEach(async () => {
    sinon.restore();
    for (const [index, name] of VARIABLES.entries()) {
      const value = before[index];
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    await proxy.stop();
    await server.stop();
  });

  const direct = (changes?: Partial<Connection>) => new SeatsApi(connectionTo(server, changes));
  return {
    get server() {
      return server;
    },
    get proxy() {
      return proxy;
    },
    trustCa: () => void trustCa(),
    useProxy: (credentials, variable = "HTTPS_PROXY") => {
      process.env[variable] = `http://${credentials ? `${credentials}@` : ""}${proxy.host}`;
    },
    direct,
    proxied: (changes) => direct({ apiUrl: "https://seats.example", ...changes }),
  };
}
