// What the stacks of one run share: what the resources of one stack share anyway. One listing of each product, writes in
// batches and one rate limit are kept by the process that runs the stacks, and their provider processes ask it.
import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { createServer, type Server } from "node:tls";
import { causeOf, SeatsApiError } from "../api/errors";
import { type Connection, readConnection } from "../config/connection";
import { formatShare, SHARE_VARIABLE, shareSecret } from "../config/share";
import { type Failure, onMessage, type ShareRequest, sendMessage, TLS } from "./protocol";
import { SharedProducts } from "./sharedProducts";

/** The options of {@link SeatsShare.start}. */
export interface SeatsShareOptions {
  /**
   * Where the keys and the site of the org are, under the names `DD_API_KEY`, `DD_APP_KEY`, and `DD_SITE` or `DD_HOST`;
   * also the shares that are to be used besides.
   *
   * @defaultValue `process.env`
   */
  environment?: Readonly<Record<string, string | undefined>>;
  /**
   * Settings as in a stack's configuration, such as `datadogSeats:pageSize`, by their full names. Those of the stacks
   * are not used.
   */
  config?: Readonly<Record<string, string>>;
  /** Called with a line of text before a wait of more than some seconds, such as one for the rate limit, and when a listing is
   * not read to its end. */
  log?: (line: string) => void;
}

/**
 * Makes the stacks of one run share one listing of each product, batches of writes and one rate limit, as the resources
 * of a single stack do: a listing is made once, and every write of a stack is known to all of them.
 *
 * It serves one org on a port of this machine, to stacks that have the very same keys and URL. Every other stack goes to
 * Datadog itself.
 *
 * @example
 * const share = await SeatsShare.start();
 * for (const stackName of ["sre", "platform"]) {
 *   const envVars = share.environment;
 *   const stack = await LocalWorkspace.selectStack({ stackName, workDir }, { envVars });
 *   await stack.up({ refresh: true });
 * }
 * await share.stop();
 */
export class SeatsShare {
  private readonly server: Server;
  private readonly products: SharedProducts;
  private readonly identity: string;
  private readonly sockets = new Set<Socket>();
  private readonly causes = new WeakMap<Error, number>();
  private causeCount = 0;
  private hasStacks = false;

  private constructor(
    connection: Connection,
    private readonly others: string | undefined,
    log: (line: string) => void,
  ) {
    const { identity, key } = shareSecret(connection);
    this.identity = identity;
    this.products = new SharedProducts(connection, log);
    const pskCallback = (_socket: Socket, given: string) => (given === identity ? key : null);
    this.server = createServer({ ...TLS, pskCallback }, (socket) => this.serve(socket));
    this.server.on("connection", (socket: Socket) => this.track(socket));
  }

  /**
   * Starts to serve. Nothing is sent to Datadog before a stack asks for it.
   *
   * @throws ConfigurationError when keys are missing or malformed, or the site is unknown
   */
  static async start(options: SeatsShareOptions = {}): Promise<SeatsShare> {
    const { environment = process.env, config, log = () => {} } = options;
    const connection = readConnection(config && ((name) => config[name]), environment);
    const share = new SeatsShare(connection, environment[SHARE_VARIABLE], log);
    share.server.listen(0, "127.0.0.1");
    await once(share.server, "listening");
    return share;
  }

  /** What the environment of a stack must hold for the stack to use this share. */
  get environment(): Record<string, string> {
    const { port } = this.server.address() as AddressInfo;
    const shares = [this.others, formatShare(port, this.identity)].filter(Boolean);
    return { [SHARE_VARIABLE]: shares.join(" ") };
  }

  /** Whether any stack has used it. */
  get isUsed(): boolean {
    return this.hasStacks;
  }

  /** Ends it. A stack that still asks fails, and no further write is sent. */
  async stop(): Promise<void> {
    const closed = once(this.server, "close");
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private track(socket: Socket): void {
    this.sockets.add(socket);
    socket.on("close", () => this.sockets.delete(socket));
  }

  private serve(socket: Socket): void {
    this.hasStacks = true;
    socket.setNoDelay().on("error", () => {});
    const stack = { hasEnded: () => socket.destroyed };
    onMessage<ShareRequest>(socket, async (request) => {
      const { id } = request;
      try {
        sendMessage(socket, { id, result: await this.products.result(request, stack) });
      } catch (error) {
        sendMessage(socket, { id, error: this.failure(error as Error) });
      }
    });
  }

  private failure(error: Error): Failure {
    const cause = this.causes.get(causeOf(error)) ?? ++this.causeCount;
    this.causes.set(causeOf(error), cause);
    if (!(error instanceof SeatsApiError)) {
      return { outcome: "unclear", reason: `the share failed: ${error.message}`, cause };
    }
    const { outcome, reason, remedy, status } = error;
    return { outcome, reason, remedy, ...(status !== undefined && { status }), cause };
  }
}
