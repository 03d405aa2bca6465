// A tunnel through the proxy of the environment. What the proxy says is never treated as a response of Datadog.
import { type AgentOptions, type ClientRequest, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { unescape as decode } from "node:querystring";
import { HttpsProxyAgent } from "https-proxy-agent";
import { ConfigurationError } from "../model/errors";
import { ProxyRefusal } from "./errors";

type ConnectOptions = Parameters<HttpsProxyAgent<string>["connect"]>[1];

export class ProxyAgent extends HttpsProxyAgent<string> {
  /** @throws ConfigurationError for a text that is not the URL of a proxy; it may hold a password, so it isn't shown */
  static of(text: string, options: AgentOptions): ProxyAgent {
    if (URL.canParse(text)) {
      const url = new URL(text);
      if (/^https?:$/.test(url.protocol) && url.hostname) return new ProxyAgent(url, options);
    }
    throw new ConfigurationError(
      "HTTPS_PROXY in the environment is not the URL of a proxy, such as http://user:password@proxy.example.com:3128. Write special characters of user and password percent-encoded: %2F for /, %23 for #.",
    );
  }

  private constructor(url: URL, options: AgentOptions) {
    const credentials = [url.username, url.password].map((text) => decode(text)).join(":");
    const authorization = `Basic ${Buffer.from(credentials).toString("base64")}`;
    url.username = "";
    url.password = "";
    super(url, {
      ...options,
      ...(credentials !== ":" && { headers: { "Proxy-Authorization": authorization } }),
    });
    // The library drops it.
    this.options.timeout = options.timeout;
  }

  override async connect(request: ClientRequest, options: ConnectOptions): Promise<Socket> {
    let status = 0;
    request.once("proxyConnect", ({ statusCode }: { statusCode: number }) => {
      status = statusCode;
    });
    const socket = await super.connect(request, options).catch((error) => {
      // A proxy that hangs up is an error without a code.
      throw Object.assign(error, { code: error.code ?? "ECONNRESET" });
    });
    if (status === 200) return socket;
    socket.destroy();
    throw new ProxyRefusal(status, STATUS_CODES[status]);
  }
}
