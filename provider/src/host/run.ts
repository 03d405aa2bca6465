// What the handlers share during one run of the engine. The process that holds them lives as long as the run.
import { type ReadConfig, readConnection } from "../api/configuration";
import { ConfigurationError, causeOf, SeatsError } from "../api/errors";
import type { SeatsApi } from "../api/seats";
import { endWithoutEngine, watchEngine } from "./engine";
import { ProductSeats } from "./productSeats";
import { Program } from "./program";

const STORED_KEYS_HINT =
  "A refresh or a destroy without --run-program uses the keys that the stack stored at its last `pulumi up`: if they were changed since, run the command with --run-program.";

export class Run {
  readonly program = new Program();
  private readConfig: ReadConfig = () => undefined;
  private api: SeatsApi | undefined;
  private misconfigured: ConfigurationError | undefined;
  private readonly products = new Map<string, ProductSeats>();
  private readonly told = new WeakSet<Error>();

  /** Takes the stack's configuration. It is read when it is first needed, so that an error of it reaches the user. */
  configure(readConfig: ReadConfig): void {
    this.readConfig = readConfig;
  }

  /** @throws ConfigurationError */
  product(productCode: string): ProductSeats {
    let seats = this.products.get(productCode);
    if (!seats) {
      seats = new ProductSeats(this.connected(), productCode, this.program);
      this.products.set(productCode, seats);
    }
    return seats;
  }

  /** Does `work`. A cause of failure that strikes many resources is told in full only once. */
  async telling<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof SeatsError)) throw error;
      const cause = causeOf(error);
      if (this.told.has(cause)) throw new SeatsError(error.summary);
      this.told.add(cause);
      throw error;
    }
  }

  private connected(): SeatsApi {
    if (this.misconfigured) throw this.misconfigured;
    try {
      this.api ??= this.connect();
      return this.api;
    } catch (error) {
      if (error instanceof ConfigurationError) this.misconfigured = error;
      throw error;
    }
  }

  private connect(): SeatsApi {
    const connection = readConnection(this.readConfig, process.env);
    // The engine then hands out the configuration of the last `pulumi up`, but for a refresh with --run-program.
    const mayBeStale = () => connection.keysInStack && !this.program.ran;
    const keysHint = () => (mayBeStale() ? STORED_KEYS_HINT : "");
    watchEngine();
    // Loading the HTTP client takes longer than all else here, and a run without changes needs none.
    const api = require("../api/seats") as typeof import("../api/seats");
    return new api.SeatsApi(connection, { onWait: say, keysHint, beforeWrite: endWithoutEngine });
  }
}

/** Appears on the stack's row while the run goes on, and among its diagnostics afterwards. */
export function say(line: string): void {
  console.log(line);
}
