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
import { EventEmitter } from "node:events";

/** One key for one seat, whatever its org is called in the program. */
export type SeatKey = string;

/**
 * After so long without another call for it, the whole program counts as seen. The engine asks for removals before that when
 * a roster changes, and when `deleteBeforeReplace` is set; it registers independent resources within milliseconds.
 */
const PROGRAM_QUIET_MS = 500;

/** How long a declared seat may be without an owner, counted from the last sign that the engine is creating resources. */
const MAX_OWNER_WAIT_MS = 5000;

export class Ownership {
  private readonly wanted = new Set<SeatKey>();
  private readonly owned = new Set<SeatKey>();
  private readonly unassigned = new Set<SeatKey>();
  /** Seats that turned out to be one under two names of their org. */
  private readonly aliases = new Map<SeatKey, SeatKey>();
  private readonly gotOwner = new EventEmitter().setMaxListeners(0);
  private readsInFlight = 0;
  private hasFailedRead = false;
  private hasFailedChange = false;
  private hasChecks = false;
  /** When the engine last called as it goes through the program. */
  private lastCall = 0;
  private lastOwned = 0;

  /** Whether there is a program in this run: a `destroy` and a `refresh` have none. */
  get hasProgram(): boolean {
    return this.hasChecks;
  }

  /**
   * Whether the program may declare more than the run will ever show: the engine doesn't check a resource whose refresh
   * failed.
   */
  get isProgramIncomplete(): boolean {
    return this.hasProgram && this.hasFailedRead;
  }

  /** Whether a resource of the program has failed: the engine then checks no more, unless it is to continue on errors. */
  get isProgramInterrupted(): boolean {
    return this.hasProgram && this.hasFailedChange;
  }

  /** To be called by every check. */
  checked(): void {
    this.hasChecks = true;
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
      this.hasFailedRead = true;
      throw error;
    } finally {
      this.readsInFlight -= 1;
      this.engineCalled();
    }
  }

  /** Does what a create or an update does. */
  async changing<T>(change: () => Promise<T>): Promise<T> {
    try {
      return await change();
    } catch (error) {
      this.failed();
      throw error;
    }
  }

  /** To be called when a resource of the program fails. */
  failed(): void {
    this.hasFailedChange = true;
  }

  /** The program declares the seat: this run doesn't unassign it. */
  declare(seat: SeatKey): void {
    this.wanted.add(seat);
  }

  /** A resource that the program declares has the seat in its state. */
  own(seat: SeatKey): void {
    this.lastOwned = performance.now();
    this.owned.add(seat);
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
    while (this.hasProgram && !this.isWanted(seat)) {
      const quietMs = this.readsInFlight > 0 ? 0 : performance.now() - this.lastCall;
      const restMs = PROGRAM_QUIET_MS - quietMs;
      if (restMs <= 0) return false;
      await new Promise((resolve) => setTimeout(resolve, restMs));
    }
    return this.isWanted(seat);
  }

  /** Whether a seat that the program declares has an owner, or gets one while the engine goes on creating resources. */
  async hasOwner(seat: SeatKey): Promise<boolean> {
    const key = this.resolved(seat);
    const began = performance.now();
    while (!this.owned.has(key)) {
      const restMs =
        Math.max(began, this.lastOwned, this.lastCall) + MAX_OWNER_WAIT_MS - performance.now();
      if (restMs <= 0) return false;
      await this.ownerOrTimeout(key, restMs);
    }
    return true;
  }

  private resolved(seat: SeatKey): SeatKey {
    return this.aliases.get(seat) ?? seat;
  }

  private ownerOrTimeout(seat: SeatKey, ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timeout);
        this.gotOwner.off(seat, done);
        resolve();
      };
      const timeout = setTimeout(done, ms);
      this.gotOwner.once(seat, done);
    });
  }
}
