// How axios sends: NODE_DEBUG=http prints the options of a request, with their headers, but no header that is set
// afterwards. So the keys are set like that.
import http, { type IncomingMessage, type RequestOptions } from "node:http";
import https from "node:https";

export const transport = {
  request(
    { headers, ...options }: RequestOptions,
    onResponse: (response: IncomingMessage) => void,
  ) {
    const { request } = options.protocol === "https:" ? https : http;
    const sent = request(options, onResponse);
    for (const [name, value = ""] of Object.entries(headers ?? {})) sent.setHeader(name, value);
    return sent;
  },
};
