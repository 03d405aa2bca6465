// What the stacks of one run share: what the resources of one stack share anyway. One listing of each product, writes in
// batches and one rate limit are kept by the process that runs the stacks, and their provider processes ask it.
import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { createServer, type Server } from "node:tls";
import type { Call } from "../api/call";
import { causeOf, SeatsApiError } from "../api/errors";
import { SeatsApi } from "../api/seats";
import { type Connection, readConnection } from "../config/connection";
import { formatShare, SHARE_VARIABLE, shareSecret } from "../config/share";
import { adoptionBound } from "../seats/adoptionBound";
import { ProductSeats } from "../seats/productSeats";
import type { Guard } from "../seats/writes";
import { type Failure, onMessage, type ShareRequest, sendMessage, TLS } from "./protocol";

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
 * How long the first write of a batch waits for others: the listing is there already, so nothing makes the resources of
 * a stack wait for one another, and engines that run side by side start theirs at a slower pace than one alone.
 */
const GATHER_MS = 200;

/** What a stack declares is its own business: it asks for no removal of a seat that its program wants. */
const NO_GUARD: Guard = { isWanted: () => false, unassigning: () => {} };

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
  private readonly api: SeatsApi;
  private readonly identity: string;
  private readonly products = new Map<string, ProductSeats>();
  private readonly sockets = new Set<Socket>();
  /** The stacks that wait for the write of a seat, by product and user. */
  private readonly waiting = new Map<string, Set<Socket>>();
  private readonly causes = new WeakMap<Error, number>();
  private causeCount = 0;
  private hasStacks = false;

  private constructor(
    private readonly connection: Connection,
    private readonly others: string | undefined,
    private readonly log: (line: string) => void,
  ) {
    const { identity, key } = shareSecret(connection);
    this.identity = identity;
    this.api = new SeatsApi(connection, {
      onWait: log,
      // The server does that, until the share ends.
      inBackground: true,
      beforeWrite: async (call, inDoubt) => this.confirm(call, inDoubt),
    });
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
    onMessage<ShareRequest>(socket, async (request) => {
      const { id } = request;
      try {
        sendMessage(socket, { id, result: await this.result(request, socket) });
      } catch (error) {
        sendMessage(socket, { id, error: this.failure(error as Error) });
      }
    });
  }

  private async result({ method, productCode, userId = "" }: ShareRequest, socket: Socket) {
    const seats = this.product(productCode);
    switch (method) {
      case "all":
        return seats.all();
      case "allAnew":
        return [...(await seats.allAnew()).values()];
      case "lookUp":
      case "find":
      case "details":
        return seats[method](userId);
      case "assign":
      case "unassign":
        return this.waitingFor(`${productCode}/${userId}`, socket, () => seats[method](userId));
    }
  }

  private product(productCode: string): ProductSeats {
    const seats =
      this.products.get(productCode) ??
      new ProductSeats(this.api, productCode, NO_GUARD, {
        bound: adoptionBound(this.connection, { productCode }, this.log),
        gatherMs: GATHER_MS,
      });
    this.products.set(productCode, seats);
    return seats;
  }

  private async waitingFor<T>(seat: string, socket: Socket, write: () => Promise<T>): Promise<T> {
    const stacks = this.waiting.get(seat) ?? new Set();
    this.waiting.set(seat, stacks.add(socket));
    try {
      return await write();
    } finally {
      stacks.delete(socket);
    }
  }

  /** A write isn't sent any more when every stack that asked for a part of it has ended: no state would hold it. */
  private confirm(call: Call, inDoubt: boolean): void {
    const isWaitedFor = call.userIds.some((userId) =>
      [...(this.waiting.get(`${call.productCode}/${userId}`) ?? [])].some(
        (socket) => !socket.destroyed,
      ),
    );
    if (isWaitedFor) return;
    throw new SeatsApiError(call, inDoubt ? "unclear" : "unsent", "the stack has ended");
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
