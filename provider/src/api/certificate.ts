// A certificate that Node does not trust, and who issued it.
import { request as httpsRequest } from "node:https";
import type { TLSSocket } from "node:tls";
import type { AxiosError } from "axios";
import { sanitize } from "./sanitize";

/** For so long it is asked who issued a certificate. */
const MAX_WAIT_MS = 5000;

/** Whether an attempt failed because of the certificate that was presented to it. */
export const isUntrusted = ({ code = "" }: AxiosError) =>
  /^(CERT_|ERR_TLS_CERT_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA)/.test(
    code,
  );

/** Whether it is the issuer that is not trusted, and not a date or a name that is wrong. */
export const isIssuerUnknown = ({ code = "" }: AxiosError) =>
  !/^(CERT_HAS_EXPIRED|CERT_NOT_YET_VALID|ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/.test(
    code,
  );

/**
 * Who issued the certificate that is presented for a URL; `undefined` where that can't be told. The error doesn't tell, so
 * it takes another connection, which trusts everybody and over which nothing is sent.
 */
export function issuerOf(url: string, { config }: AxiosError): Promise<string | undefined> {
  return new Promise((resolve) => {
    const request = httpsRequest(url, {
      agent: config?.httpsAgent,
      rejectUnauthorized: false,
      signal: AbortSignal.timeout(MAX_WAIT_MS),
    });
    request.once("error", () => resolve(undefined));
    // Without `end` the request is not sent.
    request.once("socket", (socket: TLSSocket) => {
      socket.once("secureConnect", () => {
        const { CN, O } = socket.getPeerCertificate().issuer ?? {};
        resolve(sanitize([CN, O].filter(Boolean).join(", "), 100) || undefined);
        request.destroy();
      });
    });
  });
}
