// One product's seats during one run of the engine: what the handlers ask for, and in what order it reaches Datadog.
import { SeatsApiError } from "../api/errors";
import type { SeatUser } from "../api/responses";
import type { SeatsApi } from "../api/seats";
import { Departures, GroupCommit } from "./batcher";
import { Holders } from "./listing";
import type { Program } from "./ownership";
import { type Result, type Verb, Writes } from "./writes";

export class ProductSeats {
  private readonly holders: Holders;
  private readonly groups: Record<Verb, GroupCommit<Result>>;
  private readonly lastWrite = new Map<string, Promise<unknown>>();
  private forbidden: SeatsApiError | undefined;

  /** @param program of this run: what it declares is not taken away */
  constructor(
    private readonly api: SeatsApi,
    private readonly productCode: string,
    private readonly program: Program,
  ) {
    this.holders = new Holders(api, productCode);
    const writes = new Writes(api, productCode, this.holders, program);
    const departures = new Departures(() => api.limited);
    const group = (verb: Verb) =>
      new GroupCommit<Result>(departures, async (userIds) => {
        const results = await writes.send(verb, userIds);
        this.forbidden ??= [...results.values()].find(isForbidden);
        return results;
      });
    this.groups = { assign: group("assign"), unassign: group("unassign") };
  }

  /** The user's seat once this run's writes for the user are through; see {@link Holders.find}. */
  async find(userId: string): Promise<SeatUser | undefined> {
    await this.lastWrite.get(userId);
    return this.holders.find(userId);
  }

  /** As `find`, with all that Datadog says of the seat; see {@link Holders.details}. */
  async details(userId: string): Promise<SeatUser | undefined> {
    await this.lastWrite.get(userId);
    return this.holders.details(userId);
  }

  /** Everybody who holds a seat; see {@link Holders.all}. */
  async all(): Promise<SeatUser[]> {
    await Promise.all(this.lastWrite.values());
    return this.holders.all();
  }

  /**
   * Gives the user a seat: `done`, or `already` when somebody else turned out to have done it.
   *
   * @throws SeatsApiError when the user has none afterwards, as far as can be known
   */
  assign(userId: string): Promise<Result> {
    return this.write("assign", userId);
  }

  /**
   * Takes the user's seat away: `done`, as with a user who has none, or `kept` when the program declares it.
   *
   * @throws SeatsApiError when the user still has it, as far as can be known
   */
  unassign(userId: string): Promise<Result> {
    return this.write("unassign", userId);
  }

  /** Never two writes for one user at the same time. */
  private write(verb: Verb, userId: string): Promise<Result> {
    const write = async () => {
      if (verb === "unassign") {
        const { productCode } = this;
        await this.program.seenOrKeeping({ org: this.api.org, productCode, userId });
      }
      // Keys that were refused once are not tried again.
      if (this.forbidden) throw this.forbidden.forUser(userId, verb);
      return this.groups[verb].write(userId);
    };
    const done = (this.lastWrite.get(userId) ?? Promise.resolve()).then(write);
    this.lastWrite.set(
      userId,
      done.catch(() => undefined),
    );
    return done;
  }
}

function isForbidden(result: Result | SeatsApiError): result is SeatsApiError {
  return result instanceof SeatsApiError && result.outcome === "forbidden";
}
