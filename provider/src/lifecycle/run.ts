// What the handlers share during one run of the engine. The process that holds them lives as long as the run.
import { causeOf } from "../api/errors";
import type { SeatsApi } from "../api/seats";
import { type Connection, type ReadConfig, readConnection } from "../config/connection";
import { ConfigurationError, SeatsError } from "../model/errors";
import { type Product, productId } from "../model/seat";
import { Program } from "../seats/ownership";
import { ProductSeats } from "../seats/productSeats";

const STORED_KEYS_HINT =
  "A refresh or a destroy without --run-program uses the keys that the stack stored at its last `pulumi up`: if they were changed since, run the command with --run-program.";

export class Run {
  readonly program = new Program();
  private readConfig: ReadConfig = () => undefined;
  /** By the name of the org, as the two below. */
  private readonly connections = new Map<string | undefined, Connection | ConfigurationError>();
  private readonly apis = new Map<string | undefined, SeatsApi>();
  private readonly products = new Map<string, ProductSeats>();
  private readonly told = new WeakSet<Error>();

  /** @param beforeWrite awaited before everything but a listing is sent */
  constructor(private readonly beforeWrite: () => Promise<void> = async () => {}) {}

  /** Takes the stack's configuration. It is read when it is first needed, so that an error of it reaches the user. */
  configure(readConfig: ReadConfig): void {
    this.readConfig = readConfig;
  }

  /** @throws ConfigurationError */
  product({ org, productCode }: Product): ProductSeats {
    const product = productId({ org, productCode });
    let seats = this.products.get(product);
    if (!seats) {
      seats = new ProductSeats(this.api(org), productCode, this.program);
      this.products.set(product, seats);
    }
    return seats;
  }

  /**
   * How to reach an org.
   *
   * @throws ConfigurationError, the same one for everybody
   */
  connection(org?: string): Connection {
    let known = this.connections.get(org);
    if (!known) {
      try {
        known = readConnection(this.readConfig, process.env, org);
      } catch (error) {
        if (!(error instanceof ConfigurationError)) throw error;
        known = error;
      }
      this.connections.set(org, known);
    }
    if (known instanceof ConfigurationError) throw known;
    return known;
  }

  /** Why an org can't be reached, as far as its configuration tells. */
  orgProblem(org: string): string | undefined {
    try {
      this.connection(org);
      return undefined;
    } catch (error) {
      return this.brief(error as Error).message;
    }
  }

  /** Does `work`. A cause of failure that strikes many resources is told in full only once. */
  async telling<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw this.brief(error as Error);
    }
  }

  private brief(error: Error): Error {
    if (!(error instanceof SeatsError)) return error;
    const cause = causeOf(error);
    if (this.told.has(cause)) return new SeatsError(error.summary);
    this.told.add(cause);
    return error;
  }

  private api(org: string | undefined): SeatsApi {
    const api = this.apis.get(org) ?? this.connect(this.connection(org));
    this.apis.set(org, api);
    return api;
  }

  private connect(connection: Connection): SeatsApi {
    // The engine then hands out the configuration of the last `pulumi up`, but for a refresh with --run-program.
    const mayBeStale = () => connection.keysInStack && !this.program.ran;
    const keysHint = () => (mayBeStale() ? STORED_KEYS_HINT : "");
    // Loading the HTTP client takes longer than all else here, and a run without changes needs none.
    const api = require("../api/seats") as typeof import("../api/seats");
    return new api.SeatsApi(connection, { onWait: say, keysHint, beforeWrite: this.beforeWrite });
  }
}

/** Appears on the stack's row while the run goes on, and among its diagnostics afterwards. */
export function say(line: string): void {
  console.log(line);
}
