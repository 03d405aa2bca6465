// What the providers share during one run of the engine. The process that holds it lives as long as the run.
import type { Call } from "../api/call";
import type { ClientOptions } from "../api/client";
import { cancelled, causeOf } from "../api/errors";
import type { SeatsApi } from "../api/seats";
import { type Connection, readConnection } from "../config/connection";
import { OwnershipMap } from "../config/ownershipMap";
import { seatLimits } from "../config/seatLimits";
import { nameInStack, previewLookup, previewPeak, type ReadConfig } from "../config/settings";
import { ConfigurationError, SeatsError } from "../model/errors";
import type { Product, Seat } from "../model/seat";
import { ListingCache } from "../seats/listingCache";
import { ProductSeats } from "../seats/productSeats";
import type { ProgramHints } from "./inputs";
import { isListed, MappedSeats } from "./mappedSeats";
import { Ownership } from "./ownership";
import { SeatLimit } from "./seatLimit";

/** Writes a line on the row of a resource, by its URN; without one on the stack's row. */
type Log = (line: string, urn?: string, severity?: "INFO" | "WARNING") => Promise<void>;

/** Makes a client of the Seats API. */
type Connect = (connection: Connection, options: ClientOptions) => SeatsApi;

export interface RunOptions {
  log?: Log;
  /** Awaited before everything but a listing is sent. */
  beforeWrite?: () => Promise<void>;
  connect?: Connect;
}

export class Run {
  readonly ownership = new Ownership();
  readonly mapped = new MappedSeats(
    () => this.ownershipMap(),
    (product) => this.product(product),
  );
  readonly limit = new SeatLimit(
    once(() => seatLimits(this.readConfig, this.nameOf)),
    () => this.nameOf("seatLimit"),
    (product) => this.product(product),
    (seat) => this.ownership.isDeclared(seat),
    (seat) => this.stays(seat),
  );
  readonly log: Log;
  /** Told by the program, because the engine doesn't tell. */
  isPreview = false;
  private isCancelled = false;
  private readonly beforeWrite: () => Promise<void>;
  private readonly connect: Connect;
  private readConfig: ReadConfig = () => undefined;
  private nameOf = nameInStack;
  readonly connection = once(() => readConnection(this.readConfig, process.env, this.nameOf));
  private readonly ownershipMap = once(() =>
    OwnershipMap.read(this.readConfig, process.env, this.nameOf),
  );
  private api: SeatsApi | undefined;
  private readonly products = new Map<string, ProductSeats>();
  private readonly logged = new Set<string>();
  /** The causes that were reported in full. */
  private readonly reported = new Set<string>();

  constructor({
    log: write = async (line) => log(line),
    beforeWrite = async () => {},
    connect = connectOverHttp,
  }: RunOptions = {}) {
    this.log = write;
    this.beforeWrite = beforeWrite;
    this.connect = connect;
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

  /** @throws ConfigurationError */
  product({ productCode }: Product): ProductSeats {
    const known = this.products.get(productCode);
    if (known) return known;
    const connection = this.connection();
    this.api ??= this.connect(connection, {
      onWait: (line) => void this.log(line),
      // Once there was a check, the keys are those of the program's configuration.
      keysHint: () =>
        connection.keysInStack && !this.ownership.hasProgram ? STORED_KEYS_HINT : "",
      beforeWrite: (call) => this.confirm(call),
    });
    const seats = new ProductSeats(
      this.api,
      productCode,
      (userId) => this.ownership.mayUnassign({ productCode, userId }),
      ListingCache.open(connection, productCode),
    );
    this.products.set(productCode, seats);
    return seats;
  }

  /** To be called by every check. Returns what is wrong with the ownership map; once, because that ends the run. */
  checked({ __urn, __preview }: ProgramHints): string | undefined {
    this.ownership.checked();
    this.isPreview ||= __preview === true;
    if (__urn !== undefined) this.mapped.inStackOf(__urn);
    try {
      this.ownershipMap();
      return undefined;
    } catch (error) {
      return this.firstReport(error);
    }
  }

  /** Logs on the stack's row what many resources have to say. */
  async logOnce(line: string, severity?: "INFO" | "WARNING"): Promise<void> {
    if (this.logged.has(line)) return;
    this.logged.add(line);
    await this.log(line, undefined, severity);
  }

  /** Whether a preview may ask Datadog who holds a seat already. */
  get mayLookUp(): boolean {
    return previewLookup(this.readConfig, this.nameOf);
  }

  /** Whether a preview reads every page, to count the seats. */
  get countsInPreview(): boolean {
    return previewPeak(this.readConfig, this.nameOf);
  }

  /**
   * Whether a seat that a resource gives up is not unassigned: another resource declares it that the program has shown so far,
   * or the ownership map lists it.
   */
  async stays(seat: Seat): Promise<boolean> {
    return this.ownership.isDeclared(seat) || isListed(await this.mapped.find(seat));
  }

  /** Does a create or an update, of a resource that {@link EngineActivity.expect} has named. */
  changing<T>(resource: string, change: () => Promise<T>): Promise<T> {
    return this.reportOnce(() => this.ownership.changing(resource, change));
  }

  deleting<T>(release: () => Promise<T>): Promise<T> {
    return this.reportOnce(() => this.ownership.deleting(release));
  }

  reading<T>(read: () => Promise<T>): Promise<T> {
    return this.reportOnce(() => this.ownership.reading(read));
  }

  /** Does `work`, and rethrows its error in full, or as a summary where its cause has been reported before. */
  async reportOnce<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw this.summarized(error as Error);
    }
  }

  /** The error as it is for the first resource that it affects, and its summary, if it has one, for the others. */
  summarized(error: Error): Error {
    if (!(error instanceof SeatsError) || error.summary === error.message) return error;
    const cause = causeOf(error);
    if (this.reported.has(cause)) return new SeatsError(error.summary);
    this.reported.add(cause);
    return error;
  }

  /**
   * The message of an error that is to fail one check of a run, which ends the run; nothing where it was reported before.
   *
   * @throws whatever is no SeatsError
   */
  firstReport(error: unknown): string | undefined {
    if (!(error instanceof SeatsError)) throw error;
    return this.summarized(error) === error ? error.message : undefined;
  }

  /** @throws SeatsApiError when the run was cancelled */
  private async confirm(call: Call): Promise<void> {
    await this.beforeWrite();
    if (this.isCancelled) throw cancelled(call);
  }
}

const STORED_KEYS_HINT =
  "Until a run has reached a seat of its program, Pulumi uses the keys that the stack stored at its last `pulumi up`. If they were changed since, run `pulumi up` without --refresh, or this command with --run-program. Where the program declares no seat any more, declare one again for that, and run `pulumi up` once more without it.";

/** Reads a configuration when it is first needed, so that what is wrong with it reaches the user: the same error each time. */
function once<T>(read: () => T): () => T {
  let result: { value: T } | ConfigurationError | undefined;
  return () => {
    try {
      result ??= { value: read() };
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      result = error;
    }
    if (result instanceof ConfigurationError) throw result;
    return result.value;
  };
}

function connectOverHttp(connection: Connection, options: ClientOptions): SeatsApi {
  // Loading the HTTP client takes longer than all else here, and a run without changes needs none.
  const api = require("../api/seats") as typeof import("../api/seats");
  return new api.SeatsApi(connection, options);
}

/** Appears on the stack's row while the run goes on, and among its diagnostics afterwards. */
export function log(line: string): void {
  console.log(line);
}
