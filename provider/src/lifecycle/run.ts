// What the providers share during one run of the engine. The process that holds it lives as long as the run.
import type { Call } from "../api/call";
import { cancelled } from "../api/errors";
import type { SeatsApi } from "../api/seats";
import { type Connection, readConnection } from "../config/connection";
import { nameInStack, previewLookup, type ReadConfig } from "../config/settings";
import { ConfigurationError } from "../model/errors";
import { type Product, seatId } from "../model/seat";
import { adoptionBound } from "../seats/adoptionBound";
import { Ownership } from "../seats/ownership";
import { ProductSeats } from "../seats/productSeats";
import { connectOverHttp } from "./connect";
import { ErrorReports } from "./errorReports";

/** Writes a line on the row of a resource, by its URN; without one on the stack's row. */
type Log = (line: string, urn?: string, severity?: "INFO" | "WARNING") => Promise<void>;

export interface RunOptions {
  log?: Log;
  /** Whether this run has a program, as far as the engine knows: its checks may be still to come. */
  engineHasProgram?: () => Promise<boolean>;
  /** Awaited before everything but a listing is sent. */
  beforeWrite?: () => Promise<void>;
  /** How Datadog is reached. */
  connect?: (connection: Connection, run: Run) => SeatsApi;
}

export class Run {
  readonly ownership = new Ownership();
  readonly errors = new ErrorReports();
  readonly log: Log;
  readonly engineHasProgram: () => Promise<boolean>;
  /** Told by the program, because the engine doesn't tell. */
  isPreview = false;
  /** Whether nobody wants the rest of the run. */
  isCancelled = false;
  private readonly connect: (connection: Connection, run: Run) => SeatsApi;
  private readonly beforeWrite: () => Promise<void>;
  private readConfig: ReadConfig = () => undefined;
  private nameOf = nameInStack;
  private known: Connection | ConfigurationError | undefined;
  private api: SeatsApi | undefined;
  private readonly products = new Map<string, ProductSeats>();

  constructor({ beforeWrite = async () => {}, connect, ...options }: RunOptions = {}) {
    this.log = options.log ?? (async (line) => log(line));
    this.engineHasProgram = options.engineHasProgram ?? (async () => false);
    this.beforeWrite = beforeWrite;
    this.connect = connect ?? connectOverHttp;
  }

  /**
   * Takes the configuration. It is read when it is first needed, so that an error of it reaches the user.
   *
   * @param nameOf what the settings are called in it
   */
  configure(readConfig: ReadConfig, nameOf = nameInStack): void {
    this.readConfig = readConfig;
    this.nameOf = nameOf;
  }

  /** Nobody wants the rest of the run: what has not been sent yet is not sent. */
  cancel(): void {
    this.isCancelled = true;
  }

  /**
   * Awaited before everything but a listing is sent.
   *
   * @param inDoubt whether an earlier attempt of the call may have taken effect
   * @throws SeatsApiError when the run was cancelled
   */
  async confirm(call: Call, inDoubt: boolean): Promise<void> {
    await this.beforeWrite();
    if (this.isCancelled) throw cancelled(call, inDoubt);
  }

  /** @throws ConfigurationError */
  product({ productCode }: Product): ProductSeats {
    const known = this.products.get(productCode);
    if (known) return known;
    const connection = this.connection();
    this.api ??= this.connect(connection, this);
    const bound = adoptionBound(connection, productCode, (line) => void this.log(line));
    const guard = {
      isWanted: (userId: string) => this.ownership.isWanted(seatId({ productCode, userId })),
      unassigning: (userId: string) => this.ownership.unassigning(seatId({ productCode, userId })),
    };
    const seats = new ProductSeats(this.api, productCode, guard, { bound });
    this.products.set(productCode, seats);
    return seats;
  }

  /**
   * How to reach Datadog.
   *
   * @throws ConfigurationError, the same one for everybody
   */
  connection(): Connection {
    if (!this.known) {
      try {
        this.known = readConnection(this.readConfig, process.env, this.nameOf);
      } catch (error) {
        if (!(error instanceof ConfigurationError)) throw error;
        this.known = error;
      }
    }
    if (this.known instanceof ConfigurationError) throw this.known;
    return this.known;
  }

  /** Whether a preview may ask Datadog who holds a seat already. */
  get mayLookUp(): boolean {
    return previewLookup(this.readConfig, this.nameOf);
  }

  /** Does a create or an update; see {@link ErrorReports.reportOnce} and {@link Ownership.changing}. */
  reportingChange<T>(resource: string, change: () => Promise<T>): Promise<T> {
    return this.errors.reportOnce(() => this.ownership.changing(resource, change));
  }

  /** Does a read; see {@link ErrorReports.reportOnce}. */
  reportingRead<T>(read: () => Promise<T>): Promise<T> {
    return this.errors.reportOnce(() => this.ownership.reading(read));
  }
}

/** Appears on the stack's row while the run goes on, and among its diagnostics afterwards. */
export function log(line: string): void {
  console.log(line);
}
