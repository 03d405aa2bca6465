// Who owns which seat, as far as this run has shown it. A resource that releases a seat asks here what to do:
//
// | the program        | a resource of the program has it in its state | what the release does         |
// | ------------------ | --------------------------------------------- | ----------------------------- |
// | doesn't declare it |                                               | unassigns it                  |
// | declares it        | no                                            | fails: the old resource keeps it |
// | declares it        | yes                                           | leaves it in place            |
//
// That the program declares a seat is known from the resource's check. That a resource has it in its state is known
// from a create or update that has finished, or from a state that the check has shown to be the resource's own.
// Other processes of the run are asked the same where there are some: see lifecycle/siblings.ts.
import { EventEmitter } from "node:events";
import { type Seat, seatId } from "../model/seat";
import { nameOfUrn } from "../model/urn";
import { AwaitedChanges } from "./awaitedChanges";
import { eventOrTimeout } from "./eventOrTimeout";

/** One key for one seat, whatever its org is called in the program. */
export type SeatKey = string;

/**
 * After so long without another call for it, the whole program counts as seen. The engine asks for removals before that when
 * a roster changes, and when `deleteBeforeReplace` is set; it registers independent resources within milliseconds.
 */
const PROGRAM_QUIET_MS = 500;

/** How long a declared seat may be without an owner, counted from the last sign that the engine is creating resources. */
const MAX_OWNER_WAIT_MS = 5000;

/** What a process has seen of the program. */
export interface SeenProgram {
  readonly hasChecks: boolean;
  readonly hasFailedRead: boolean;
  readonly hasFailedChange: boolean;
}

export class Ownership {
  readonly changes = new AwaitedChanges(() => this.lastCall);
  private readonly wanted = new Set<SeatKey>();
  /** The URNs of the resources that declare them. */
  private readonly declarers = new Map<SeatKey, string>();
  /** The URNs of the exclusive rosters, by product. */
  private readonly exclusive = new Map<string, string>();
  /** With the URN of the resource where only its check has shown that it owns the seat. */
  private readonly owned = new Map<SeatKey, string | undefined>();
  private readonly unassigned = new Set<SeatKey>();
  /** The removals that go on, from before the last question whether the seat is wanted. */
  private readonly removals = new Map<SeatKey, Promise<unknown>>();
  /** Seats that turned out to be one under two names of their org. */
  private readonly aliases = new Map<SeatKey, SeatKey>();
  private readonly gotOwner = new EventEmitter().setMaxListeners(0);
  private readsInFlight = 0;
  private seen: SeenProgram = { hasChecks: false, hasFailedRead: false, hasFailedChange: false };
  private seenElsewhere = this.seen;
  /** When the engine last called as it goes through the program. */
  private lastCall = 0;
  private lastOwned = 0;

  /** Whether there is a program in this run: a `destroy` and a `refresh` have none. */
  get hasChecks(): boolean {
    return this.seen.hasChecks;
  }

  /** What this process has seen of the program. */
  get seenProgram(): SeenProgram {
    return this.seen;
  }

  /**
   * Whether the program may declare more than the run will ever show: the engine doesn't check a resource whose refresh
   * failed.
   */
  get isProgramIncomplete(): boolean {
    return this.hasSeen("hasChecks") && this.hasSeen("hasFailedRead");
  }

  /** Whether a resource of the program has failed: the engine then checks no more, unless it is to continue on errors. */
  get isProgramInterrupted(): boolean {
    return this.hasSeen("hasChecks") && this.hasSeen("hasFailedChange");
  }

  /** To be called by every check. */
  checked(): void {
    this.seen = { ...this.seen, hasChecks: true };
    this.engineCalled();
  }

  /** To be called by every call that the engine makes as it goes through the program. */
  engineCalled(): void {
    this.lastCall = performance.now();
  }

  /** Does what a read does. With `--run-program` the check of the resource follows it. */
  async reading<T>(read: () => Promise<T>): Promise<T> {
    this.readsInFlight += 1;
    try {
      return await read();
    } catch (error) {
      this.seen = { ...this.seen, hasFailedRead: true };
      throw error;
    } finally {
      this.readsInFlight -= 1;
      this.engineCalled();
    }
  }

  /** Does what a create or an update does, of the resource of which `changes` knows. */
  async changing<T>(resource: string, change: () => Promise<T>): Promise<T> {
    this.changes.came(resource);
    try {
      return await change();
    } catch (error) {
      this.failed();
      throw error;
    }
  }

  /** To be called when a resource of the program fails. */
  failed(): void {
    this.seen = { ...this.seen, hasFailedChange: true };
  }

  /** To be called with what another process of the run has seen of the program. */
  learn(seen: SeenProgram): void {
    const { hasChecks, hasFailedRead, hasFailedChange } = this.seenElsewhere;
    this.seenElsewhere = {
      hasChecks: hasChecks || seen.hasChecks,
      hasFailedRead: hasFailedRead || seen.hasFailedRead,
      hasFailedChange: hasFailedChange || seen.hasFailedChange,
    };
  }

  /**
   * The program declares the seat: this run doesn't unassign it.
   *
   * @param urn of the resource that declares it, where the program tells it: without, it can't be told from others
   * @returns what is wrong: another resource declares it too
   */
  declare({ productCode, userId }: Seat, urn?: string): string | undefined {
    const seat = seatId({ productCode, userId });
    this.wanted.add(seat);
    if (urn === undefined) return undefined;
    const exclusive = this.exclusive.get(productCode);
    if (exclusive !== undefined && exclusive !== urn) {
      return besideExclusive(exclusive, urn, productCode);
    }
    const other = this.declarers.get(seat) ?? urn;
    this.declarers.set(seat, other);
    if (other === urn) return undefined;
    return `"${nameOfUrn(other)}" and "${nameOfUrn(urn)}" both declare the ${productCode} seat of user ${userId}: remove one of them.`;
  }

  /** As `declare`, of every seat of a product. */
  declareExclusive(productCode: string, urn?: string): string | undefined {
    if (urn === undefined) return undefined;
    for (const [seat, other] of this.declarers) {
      if (seat.startsWith(`${productCode}/`) && other !== urn) {
        return besideExclusive(urn, other, productCode);
      }
    }
    this.exclusive.set(productCode, urn);
    return undefined;
  }

  /**
   * A resource that the program declares has the seat in its state.
   *
   * @param urn of the resource, where its check shows that
   */
  own(seat: SeatKey, urn?: string): void {
    this.lastOwned = performance.now();
    this.owned.set(seat, urn);
    this.gotOwner.emit(seat);
  }

  /** The resource that has the seat in its state is being created anew: it owns the seat when that has finished. */
  disown(seat: SeatKey): void {
    this.owned.delete(seat);
  }

  /** This run unassigns the seat: a resource that turns out to have it in its state assigns it again. */
  unassigning(seat: SeatKey): void {
    this.unassigned.add(seat);
  }

  wasUnassigned(seat: SeatKey): boolean {
    return this.unassigned.has(seat);
  }

  /** Does what asks for the last time whether the seat is wanted, and unassigns it if not. */
  async removing<T>(seat: SeatKey, remove: () => Promise<T>): Promise<T> {
    const removal = Promise.resolve().then(remove);
    this.removals.set(seat, removal);
    try {
      return await removal;
    } finally {
      if (this.removals.get(seat) === removal) this.removals.delete(seat);
    }
  }

  /** As `wasUnassigned`, once a removal that goes on is through. */
  async hasUnassigned(seat: SeatKey): Promise<boolean> {
    await this.removals.get(seat)?.catch(() => undefined);
    return this.wasUnassigned(seat);
  }

  /** Two keys are the same seat. */
  unite(seat: SeatKey, declared: SeatKey): void {
    this.aliases.set(seat, declared);
  }

  /** Whether the program declares the seat, by what has been seen of it so far; in doubt it does. */
  isWanted(seat: SeatKey): boolean {
    return this.isProgramIncomplete || this.wanted.has(this.resolved(seat));
  }

  /** Whether the program declares the seat: resolves when it does, or when the whole program has been seen. */
  async willBeWanted(seat: SeatKey): Promise<boolean> {
    while (this.hasChecks && !this.isWanted(seat)) {
      const quietMs = this.readsInFlight > 0 ? 0 : performance.now() - this.lastCall;
      const restMs = PROGRAM_QUIET_MS - quietMs;
      if (restMs <= 0) return false;
      await new Promise((resolve) => setTimeout(resolve, restMs));
    }
    return this.isWanted(seat);
  }

  /**
   * Whether a seat that the program declares has an owner, or gets one while the engine goes on creating resources.
   *
   * @param releasing the URN of the resource that releases it: what its own check has shown makes it no other's
   */
  async hasOwner(seat: SeatKey, releasing?: string): Promise<boolean> {
    const key = this.resolved(seat);
    const began = performance.now();
    const isOwned = () =>
      this.owned.has(key) && (releasing === undefined || this.owned.get(key) !== releasing);
    while (!isOwned()) {
      const restMs =
        Math.max(began, this.lastOwned, this.lastCall) + MAX_OWNER_WAIT_MS - performance.now();
      if (restMs <= 0) return false;
      await eventOrTimeout(this.gotOwner, key, restMs);
    }
    return true;
  }

  private hasSeen(what: keyof SeenProgram): boolean {
    return this.seen[what] || this.seenElsewhere[what];
  }

  private resolved(seat: SeatKey): SeatKey {
    return this.aliases.get(seat) ?? seat;
  }
}

const besideExclusive = (exclusive: string, other: string, productCode: string) =>
  `"${nameOfUrn(exclusive)}" is exclusive, so it declares every ${productCode} seat, and "${nameOfUrn(other)}" declares seats of that product too: make them members of "${nameOfUrn(exclusive)}", or make it not exclusive.`;
