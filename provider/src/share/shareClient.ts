// A stack's connection to the share of its org.
import { connect, type TLSSocket } from "node:tls";
import { type Call, isWrite } from "../api/call";
import { SeatsApiError } from "../api/errors";
import type { OrgConnection } from "../config/connection";
import { readShare, SHARE_VARIABLE, type ShareAddress } from "../config/share";
import {
  type Failure,
  onMessage,
  type Share,
  type ShareRequest,
  type ShareResponse,
  sendMessage,
  TLS,
} from "./protocol";

interface Pending {
  readonly call: Call;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: SeatsApiError) => void;
}

/**
 * The share of this very org and key pair that the environment names, if it names one.
 *
 * @throws ConfigurationError as {@link readShare}
 */
export function shareOfEnvironment(connection: OrgConnection): Share | undefined {
  const address = readShare(process.env, connection);
  return address && new ShareClient(address);
}

export class ShareClient implements Share {
  private socket: TLSSocket | undefined;
  private lastId = 0;
  private readonly pending = new Map<number, Pending>();
  private readonly causes = new Map<number, SeatsApiError>();
  /** The first failure that shows that there is no share any more. */
  private gone: SeatsApiError | undefined;

  constructor(private readonly share: ShareAddress) {}

  /**
   * Asks the share. A request is sent once, and has no time limit: the share itself ends what takes too long.
   *
   * @param call what a failure is described as
   * @throws SeatsApiError as the share's own call did, or because there is no share any more
   */
  send(request: Omit<ShareRequest, "id">, call: Call): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.lastId += 1;
      this.pending.set(this.lastId, { call, resolve, reject });
      this.socket ??= this.connect();
      this.socket.ref();
      sendMessage(this.socket, { id: this.lastId, ...request });
    });
  }

  private connect(): TLSSocket {
    const { port, identity, key } = this.share;
    const socket = connect({
      ...TLS,
      host: "127.0.0.1",
      port,
      pskCallback: () => ({ psk: key, identity }),
      // There are no certificates: the key proves who the other end is.
      checkServerIdentity: () => undefined,
    });
    let failed = "it ended before it responded";
    socket.setNoDelay();
    socket.on("error", ({ code, message }: NodeJS.ErrnoException) => {
      failed = `it did not respond: ${code ?? message}`;
    });
    socket.on("close", () => {
      this.socket = undefined;
      this.disconnected(failed);
    });
    onMessage<ShareResponse>(socket, (response) => this.receive(socket, response));
    return socket;
  }

  private receive(socket: TLSSocket, { id, result, error }: ShareResponse): void {
    const pending = this.pending.get(id);
    this.pending.delete(id);
    // A connection that waits for nothing must not keep the process running.
    if (this.pending.size === 0) socket.unref();
    if (error) pending?.reject(this.failure(pending.call, error));
    else pending?.resolve(result);
  }

  private failure(call: Call, { outcome, reason, remedy, status, cause }: Failure): SeatsApiError {
    const known = this.causes.get(cause);
    const error = new SeatsApiError(call, outcome, reason, remedy, status, known);
    if (!known) this.causes.set(cause, error);
    return error;
  }

  private disconnected(what: string): void {
    const all = [...this.pending.values()];
    this.pending.clear();
    for (const { call, reject } of all) {
      const error = new SeatsApiError(
        call,
        "unclear",
        `the share of this run is gone (127.0.0.1:${this.share.port}): ${what}`,
        `${isWrite(call) ? "Whether it took effect is not known: the next `pulumi up` finds out. " : ""}A share ends with the command that started it: run that again, or unset ${SHARE_VARIABLE}.`,
        undefined,
        this.gone,
      );
      this.gone ??= error;
      reject(error);
    }
  }
}
