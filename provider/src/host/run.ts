// What the handlers share during one run of the engine. The process that holds them lives as long as the run.
import { type ReadConfig, readConnection } from "../api/configuration";
import { ConfigurationError, causeOf, SeatsError } from "../api/errors";
import type { SeatsApi } from "../api/seats";
import { engineListens } from "./engine";
import { ProductSeats } from "./productSeats";
import { type Seat, seatId } from "./seat";

const STORED_KEYS_HINT =
  "This command used the keys that the stack stored at its last `pulumi up`: if they were changed since, run it with --run-program.";

export class Run {
  private readConfig: ReadConfig = () => undefined;
  private api: SeatsApi | undefined;
  private misconfigured: ConfigurationError | undefined;
  private readonly products = new Map<string, ProductSeats>();
  private readonly declared = new Set<string>();
  private readonly ownerless = new Set<string>();
  private programRan = false;
  private readonly told = new WeakSet<Error>();

  /** Takes the stack's configuration. It is read when it is first needed, so that an error of it reaches the user. */
  configure(readConfig: ReadConfig): void {
    this.readConfig = readConfig;
  }

  /** @throws ConfigurationError */
  product(productCode: string): ProductSeats {
    let seats = this.products.get(productCode);
    if (!seats) {
      const isDeclared = (userId: string) => {
        const id = seatId({ productCode, userId });
        return this.declared.has(id) || this.ownerless.has(id);
      };
      seats = new ProductSeats(this.connected(), productCode, isDeclared);
      this.products.set(productCode, seats);
    }
    return seats;
  }

  /**
   * Remembers a seat that the program declares, and would adopt: this run doesn't take it away from the user.
   * A `destroy` learns of none.
   */
  declare(seat: Seat, existing?: "adopt" | "reject"): void {
    this.programRan = true;
    if (existing !== "reject") this.declared.add(seatId(seat));
  }

  /** Remembers that a seat which the program declares has got no owner in this run. */
  missOwner(seat: Seat): void {
    this.ownerless.add(seatId(seat));
  }

  /** Whether a seat that is left in place has an owner in the state from now on. */
  hasOwner(seat: Seat): boolean {
    return !this.ownerless.has(seatId(seat));
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
    // Without the program, the engine hands out the configuration of the last `pulumi up`.
    const mayBeStale = () => connection.keysInStack && !this.programRan;
    const keysHint = () => (mayBeStale() ? STORED_KEYS_HINT : "");
    const beforeWrite = async () => {
      // Nobody would record what is written from now on.
      if (!(await engineListens())) process.exit(1);
    };
    // Loading the HTTP client takes longer than all else here, and a run without changes needs none.
    const api = require("../api/seats") as typeof import("../api/seats");
    return new api.SeatsApi(connection, { onWait: say, keysHint, beforeWrite });
  }
}

/** Appears on the stack's row while the run goes on, and among its diagnostics afterwards. */
export function say(line: string): void {
  console.log(line);
}
