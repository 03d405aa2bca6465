// What the providers share during one run of the engine. The process that holds it lives as long as the run.
import type { Call } from "../api/call";
import { cancelled } from "../api/errors";
import type { SeatsApi } from "../api/seats";
import {
  type Connection,
  mayBeSameOrg,
  orgIdentity,
  orgKey,
  type ReadConfig,
  readConnection,
} from "../config/connection";
import { nameInStack, previewLookup } from "../config/settings";
import { ConfigurationError } from "../model/errors";
import { inOrg, type Product, type Seat } from "../model/seat";
import { adoptionBound } from "../seats/adoptionBound";
import { Ownership, type SeatKey } from "../seats/ownership";
import { ProductSeats } from "../seats/productSeats";
import type { Guard } from "../seats/writes";
import type { Share } from "../share/protocol";
import { shareOfEnvironment } from "../share/shareClient";
import { type Seats, SharedSeats } from "../share/sharedSeats";
import { connectOverHttp } from "./connect";
import { Declarers } from "./declarers";
import { ErrorReports } from "./errorReports";
import type { Siblings } from "./siblings";

/** Writes a line on the row of a resource, by its URN; without one on the stack's row. */
type Log = (line: string, urn?: string, severity?: "INFO" | "WARNING") => Promise<void>;

export interface RunOptions {
  log?: Log;
  /** Whether this run has a program, as far as the engine knows: its checks may be still to come. */
  engineHasProgram?: () => Promise<boolean>;
  /** Awaited before everything but a listing is sent. */
  beforeWrite?: () => Promise<void>;
  /** The other processes of the run, where there may be some. */
  siblings?: Siblings;
  /** How an org is reached. */
  connect?: (connection: Connection, run: Run) => SeatsApi;
  /** What this run shares with others of the same org; without it, what the environment names. */
  share?: (connection: Connection) => Share | undefined;
}

export class Run {
  readonly ownership = new Ownership();
  readonly errors = new ErrorReports();
  readonly log: Log;
  readonly engineHasProgram: () => Promise<boolean>;
  readonly siblings: Siblings | undefined;
  /** Told by the program, because the engine doesn't tell. */
  isPreview = false;
  /** Whether nobody wants the rest of the run. */
  isCancelled = false;
  private readonly connect: (connection: Connection, run: Run) => SeatsApi;
  private readonly share: (connection: Connection) => Share | undefined;
  private readonly beforeWrite: () => Promise<void>;
  private readConfig: ReadConfig = () => undefined;
  private nameOf = nameInStack;
  /** By the name of the org. */
  private readonly connections = new Map<string | undefined, Connection | ConfigurationError>();
  /** By the identity of the org, as the next. */
  private readonly apis = new Map<string, SeatsApi>();
  private readonly shares = new Map<string, Share>();
  private readonly products = new Map<string, Seats>();
  /** What the program declares, by product and user. */
  private readonly declared = new Map<string, Map<SeatKey, Seat>>();
  private readonly declarers = new Declarers();

  constructor({ beforeWrite = async () => {}, connect, ...options }: RunOptions = {}) {
    this.log = options.log ?? (async (line) => log(line));
    this.engineHasProgram = options.engineHasProgram ?? (async () => false);
    this.siblings = options.siblings;
    this.beforeWrite = beforeWrite;
    this.connect = connect ?? connectOverHttp;
    this.share = options.share ?? shareOfEnvironment;
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
  product({ org, productCode }: Product): Seats {
    const connection = this.connection(org);
    const key = `${orgIdentity(connection)}/${productCode}`;
    let seats = this.products.get(key);
    if (!seats) {
      const seatKey = (userId: string) => this.seatKey({ org, productCode, userId });
      const guard = {
        isWanted: (userId: string) => this.ownership.isWanted(seatKey(userId)),
        unassigning: (userId: string) => this.ownership.unassigning(seatKey(userId)),
      };
      seats = this.seats(connection, productCode, guard);
      this.products.set(key, seats);
    }
    return seats;
  }

  /** The same key for the same seat, whatever its org is called. */
  seatKey({ org, productCode, userId }: Seat): SeatKey {
    return `${this.productKey({ org, productCode })}/${userId}`;
  }

  /**
   * Remembers that the program declares a seat.
   *
   * @param urn of the resource that declares it, where the program has told
   * @returns what is wrong: another resource declares it too
   */
  declare(seat: Seat, urn?: string): string | undefined {
    const key = this.seatKey(seat);
    this.ownership.declare(key);
    const subject = productAndUser(seat);
    this.declared.set(subject, (this.declared.get(subject) ?? new Map()).set(key, seat));
    return this.declarers.add(urn, this.declaredProduct(seat), seat.userId);
  }

  /** As `declare`, of every seat of a product. */
  declareAll(product: Product, urn?: string): string | undefined {
    return this.declarers.add(urn, this.declaredProduct(product));
  }

  /** The seats of the same product and user that the program declares in what may be the same org with other keys. */
  maybeDeclaredAs(seat: Seat): Seat[] {
    const seats = new Map(this.declared.get(productAndUser(seat)));
    seats.delete(this.seatKey(seat));
    return [...seats.values()].filter(({ org }) =>
      mayBeSameOrg(this.connection(seat.org), this.connection(org)),
    );
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
        known = readConnection(this.readConfig, process.env, org, this.nameOf);
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
      return this.errors.summarized(error as Error).message;
    }
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

  private productKey({ org, productCode }: Product): string {
    return `${orgKey(org, (name) => this.connection(name))}/${productCode}`;
  }

  private declaredProduct(product: Product) {
    return { key: this.productKey(product), name: inOrg(product.productCode, product.org) };
  }

  /** A product's seats: those of a share of this org, else this run's own. */
  private seats(connection: Connection, productCode: string, guard: Guard): Seats {
    const identity = orgIdentity(connection);
    const share = this.shares.get(identity) ?? this.share(connection);
    const product = { org: connection.org, productCode };
    if (!share) {
      const bound = adoptionBound(connection, product, (line) => void this.log(line));
      return new ProductSeats(this.api(connection), productCode, guard, { bound });
    }
    this.shares.set(identity, share);
    return new SharedSeats(share, product, guard, (call) => this.confirm(call, false));
  }

  private api(connection: Connection): SeatsApi {
    const identity = orgIdentity(connection);
    const api = this.apis.get(identity) ?? this.connect(connection, this);
    this.apis.set(identity, api);
    return api;
  }
}

const productAndUser = ({ productCode, userId }: Seat) => `${productCode}/${userId}`;

/** Appears on the stack's row while the run goes on, and among its diagnostics afterwards. */
export function log(line: string): void {
  console.log(line);
}
