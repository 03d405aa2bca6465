// The shares that the environment names, and whose they are: see share/seatsShare.ts.
import { hkdfSync } from "node:crypto";
import { ConfigurationError } from "../model/errors";
import type { OrgConnection } from "./connection";

/** Holds the address of each share that may be used, separated by spaces: `127.0.0.1:41234/<identity>`. */
export const SHARE_VARIABLE = "DATADOG_SEATS_SHARE";

/** What both ends of a share derive from the org's URL and keys, each for itself. */
export interface ShareSecret {
  /** Tells whose share it is, without telling the keys: 32 hexadecimal digits. */
  readonly identity: string;
  /** Proves that one has the org's keys. */
  readonly key: Uint8Array;
}

export interface ShareAddress extends ShareSecret {
  readonly port: number;
}

/** Another URL, another key of the pair or another version of this package makes another secret. */
export function shareSecret({ apiUrl, apiKey, appKey }: OrgConnection): ShareSecret {
  const { name, version } = require("../../package.json") as { name: string; version: string };
  const org = JSON.stringify([apiUrl, apiKey, appKey]);
  const derive = (what: string, bytes: number) =>
    new Uint8Array(hkdfSync("sha256", org, "", `${name} ${version} ${what}`, bytes));
  return { identity: Buffer.from(derive("identity", 16)).toString("hex"), key: derive("key", 32) };
}

/** How a share is written in the environment. */
export const formatShare = (port: number, identity: string) => `127.0.0.1:${port}/${identity}`;

/**
 * The share of this very org and key pair among those that the environment names. There is none where a stack has its
 * own org or keys: it then goes to Datadog itself.
 *
 * @throws ConfigurationError when the variable holds something else
 */
export function readShare(
  environment: Readonly<Record<string, string | undefined>>,
  connection: OrgConnection,
): ShareAddress | undefined {
  const shares = (environment[SHARE_VARIABLE] ?? "").split(/\s+/).filter(Boolean);
  if (shares.length === 0) return undefined;
  const secret = shareSecret(connection);
  let found: ShareAddress | undefined;
  for (const share of shares) {
    const [, port, identity] = /^127\.0\.0\.1:(\d{1,5})\/([0-9a-f]{32})$/.exec(share) ?? [];
    if (port === undefined) {
      throw new ConfigurationError(
        `${SHARE_VARIABLE} is not what \`datadog-seats share\` sets. Unset it.`,
      );
    }
    // The innermost command names its share last.
    if (identity === secret.identity) found = { ...secret, port: Number(port) };
  }
  return found;
}
