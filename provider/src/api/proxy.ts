// A tunnel through the proxy of the environment. What the proxy says is never treated as a response of Datadog.
import { type Agent, type AgentOptions, type ClientRequest, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { unescape as decode } from "node:querystring";
import { HttpsProxyAgent } from "https-proxy-agent";
import { ConfigurationError } from "../model/errors";
import { ProxyRefusal } from "./errors";

type ConnectOptions = Parameters<HttpsProxyAgent<string>["connect"]>[1];

/**
 * @param maxConnectMs for how long the proxy may leave a request for a tunnel without a response
 * @throws ConfigurationError for a text that is not the URL of a proxy; it may hold a password, so it isn't shown
 */
export function tunnelThrough(text: string, options: AgentOptions, maxConnectMs: number): Agent {
  if (URL.canParse(text)) {
    const url = new URL(text);
    if (/^https?:$/.test(url.protocol)) return new ProxyAgent(url, options, maxConnectMs);
  }
  throw new ConfigurationError(
    "HTTPS_PROXY in the environment is not the URL of a proxy, such as http://user:password@proxy.example.com:3128. Write special characters of user and password percent-encoded: %2F for /, %23 for #.",
  );
}

class ProxyAgent extends HttpsProxyAgent<string> {
  constructor(
    url: URL,
    options: AgentOptions,
    private readonly maxConnectMs: number,
  ) {
    const credentials = [url.username, url.password].map((text) => decode(text)).join(":");
    const authorization = `Basic ${Buffer.from(credentials).toString("base64")}`;
    url.username = "";
    url.password = "";
    super(url, {
      ...options,
      // A function, because NODE_DEBUG=http prints the headers themselves.
      ...(credentials !== ":" && { headers: () => ({ "Proxy-Authorization": authorization }) }),
    });
    // The library drops it.
    this.options.timeout = options.timeout;
  }

  override async connect(request: ClientRequest, options: ConnectOptions): Promise<Socket> {
    let status = 0;
    request.once("proxyConnect", ({ statusCode }: { statusCode: number }) => {
      status = statusCode;
    });
    // The end of the request doesn't end a connection on which the proxy is silent, and that would keep the process running.
    const silent = new AbortController();
    const limit = AbortSignal.timeout(this.maxConnectMs);
    const onLimit = () => silent.abort();
    limit.addEventListener("abort", onLimit);
    this.connectOpts = { ...this.connectOpts, signal: silent.signal };
    const socket = await super
      .connect(request, options)
      .catch((error) => {
        // A proxy that hangs up is an error without a code.
        const code = silent.signal.aborted ? "ETIMEDOUT" : (error.code ?? "ECONNRESET");
        throw Object.assign(error, { code });
      })
      .finally(() => limit.removeEventListener("abort", onLimit));
    if (status === 200) return socket;
    socket.destroy();
    throw new ProxyRefusal(status, STATUS_CODES[status]);
  }
}
