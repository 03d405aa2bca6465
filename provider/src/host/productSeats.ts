// One product's seats during one run of the engine: what the handlers ask for, and in what order it reaches Datadog.
import type { SeatUser } from "../api/answers";
import type { SeatsApiError } from "../api/errors";
import type { SeatsApi } from "../api/seats";
import { GroupCommit, Lanes } from "./groupCommit";
import { Holders } from "./holders";
import { type Verb, Writes } from "./writes";

/** More than this gains nothing: see bench/RESULTS.md. */
const MOST_LANES = 2;

export class ProductSeats {
  private readonly holders: Holders;
  private readonly groups: Record<Verb, GroupCommit>;
  private readonly lastWrite = new Map<string, Promise<void>>();
  private forbidden: SeatsApiError | undefined;

  constructor(api: SeatsApi, productCode: string) {
    this.holders = new Holders(api, productCode);
    const writes = new Writes(api, productCode, this.holders);
    const lanes = new Lanes(() => (api.limited ? 1 : MOST_LANES));
    const group = (verb: Verb) =>
      new GroupCommit(lanes, async (userIds) => {
        const failures = await writes.send(verb, userIds);
        this.forbidden ??= [...failures.values()].find(({ outcome }) => outcome === "forbidden");
        return failures;
      });
    this.groups = { assign: group("assign"), unassign: group("unassign") };
  }

  /** The user's seat, as far as it is known without another request; see {@link Holders.find}. */
  find(userId: string): Promise<SeatUser | undefined> {
    return this.holders.find(userId);
  }

  /** The user's seat with all that Datadog says of it; see {@link Holders.details}. */
  details(userId: string): Promise<SeatUser | undefined> {
    return this.holders.details(userId);
  }

  /** Everybody who holds a seat; see {@link Holders.all}. */
  all(): Promise<SeatUser[]> {
    return this.holders.all();
  }

  /**
   * Gives the user a seat.
   *
   * @throws SeatsApiError when the user has none afterwards, as far as can be known
   */
  assign(userId: string): Promise<void> {
    return this.write("assign", userId);
  }

  /**
   * Takes the user's seat away. A user who has none is a success.
   *
   * @throws SeatsApiError when the user still has it, as far as can be known
   */
  unassign(userId: string): Promise<void> {
    return this.write("unassign", userId);
  }

  /** Never two writes for one user at the same time. */
  private write(verb: Verb, userId: string): Promise<void> {
    const write = async () => {
      // Keys that were refused once are not tried again.
      if (this.forbidden) throw this.forbidden.forUser(userId, verb);
      await this.groups[verb].write(userId);
    };
    const done = (this.lastWrite.get(userId) ?? Promise.resolve()).then(write);
    this.lastWrite.set(
      userId,
      done.catch(() => undefined),
    );
    return done;
  }
}
