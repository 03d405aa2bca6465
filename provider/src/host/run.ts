// What the handlers share during one run of the engine. The process that holds them lives as long as the run.
import { type Connection, type ReadConfig, readConnection } from "../api/configuration";
import { ConfigurationError, SeatsApiError, SeatsError } from "../api/errors";
import { SeatsApi } from "../api/seats";
import { ProductSeats } from "./productSeats";

export class Run {
  private readConfig: ReadConfig = () => undefined;
  private org: { connection: Connection; api: SeatsApi } | undefined;
  private misconfigured: ConfigurationError | undefined;
  private readonly products = new Map<string, ProductSeats>();
  private readonly declared = new Set<string>();
  private readonly told = new WeakSet<Error>();

  /** Takes the stack's configuration. It is read when it is first needed, so that an error of it reaches the user. */
  configure(readConfig: ReadConfig): void {
    this.readConfig = readConfig;
  }

  /** @throws ConfigurationError */
  product(productCode: string): ProductSeats {
    let seats = this.products.get(productCode);
    if (!seats) {
      seats = new ProductSeats(this.connected().api, productCode);
      this.products.set(productCode, seats);
    }
    return seats;
  }

  /** Remembers a seat that the program declares. Only a run that executes the program learns of any. */
  declare(seatId: string): void {
    this.declared.add(seatId);
  }

  isDeclared(seatId: string): boolean {
    return this.declared.has(seatId);
  }

  /**
   * Does `work`, and rewords its errors for the user: a cause that strikes many resources is told in full only once,
   * and refused keys that are out of date are told apart from wrong ones.
   */
  async telling<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof SeatsError)) throw error;
      const cause = (error instanceof SeatsApiError && error.cause) || error;
      if (this.told.has(cause)) throw new SeatsError(error.summary);
      this.told.add(cause);
      throw this.withStoredKeysHint(error);
    }
  }

  private connected() {
    if (this.misconfigured) throw this.misconfigured;
    try {
      if (!this.org) {
        const connection = readConnection(this.readConfig, process.env);
        this.org = { connection, api: new SeatsApi(connection, { onWait: say }) };
      }
      return this.org;
    } catch (error) {
      if (error instanceof ConfigurationError) this.misconfigured = error;
      throw error;
    }
  }

  private withStoredKeysHint(error: SeatsError): SeatsError {
    const refused = error instanceof SeatsApiError && error.outcome === "forbidden";
    // A run without the program is given the configuration of the last `pulumi up` by the engine.
    const storedKeys = this.org?.connection.keysInStack && this.declared.size === 0;
    if (!refused || !storedKeys) return error;
    return error.adding(
      "This command used the keys that the stack stored at its last `pulumi up`: if they were changed since, run it with --run-program.",
    );
  }
}

/** Appears on the stack's row while the run goes on, and among its diagnostics afterwards. */
export function say(line: string): void {
  console.log(line);
}
