// What the program of this run declares, and which of it has an owner, as far as the engine has shown it. `check` runs
// for every resource of the program.
//
// A resource that lets go of a seat which the program declares leaves it in place: another resource takes it over. It
// must not let go before that one has, or the seat would be paid for and nobody's if the run ended in between.
import { EventEmitter } from "node:events";
import { type Seat, seatId } from "../model/seat";

/**
 * After so long without another check, the engine is taken to have shown the whole program. It asks for removals before
 * that when a roster changes, and when `deleteBeforeReplace` is set.
 */
const QUIET_MS = 500;

/** How long to wait for a declared seat to get its owner, counted from the last sign that the engine is at work. */
const OWNER_MS = 5000;

export class Program {
  private readonly declared = new Set<string>();
  private readonly owned = new Set<string>();
  private readonly taken = new Set<string>();
  private readonly gotOwner = new EventEmitter().setMaxListeners(0);
  private lastSeen: number | undefined;
  private lastOwned = 0;

  /** Whether there is a program in this run: a `destroy` and a `refresh` have none. */
  get ran(): boolean {
    return this.lastSeen !== undefined;
  }

  /** To be told of every check. */
  seen(): void {
    this.lastSeen = Date.now();
  }

  /** Remembers a seat that the program declares: this run doesn't take it away from the user. */
  declare(seat: Seat): void {
    this.declared.add(seatId(seat));
  }

  /** Remembers that a resource which the program declares has the seat in its state. */
  own(seat: Seat): void {
    this.lastOwned = Date.now();
    this.owned.add(seatId(seat));
    this.gotOwner.emit(seatId(seat));
  }

  /** Remembers that this run takes a seat away: a resource that turns out to have it in its state assigns it again. */
  take(seat: Seat): void {
    this.taken.add(seatId(seat));
  }

  took(seat: Seat): boolean {
    return this.taken.has(seatId(seat));
  }

  /** Whether a seat is not to be taken away in this run. */
  keeps(seat: Seat): boolean {
    return this.declared.has(seatId(seat));
  }

  /** Resolves when the program has been seen as a whole, or keeps the seat by what has been seen of it. */
  async seenOrKeeping(seat: Seat): Promise<void> {
    while (this.lastSeen !== undefined && !this.keeps(seat)) {
      const restMs = this.lastSeen + QUIET_MS - Date.now();
      if (restMs <= 0) return;
      await new Promise((resolve) => setTimeout(resolve, restMs));
    }
  }

  /** Whether a seat that the program declares has an owner, or gets one while the engine goes on making resources. */
  async hasOwner(seat: Seat): Promise<boolean> {
    const began = Date.now();
    while (!this.owned.has(seatId(seat))) {
      const restMs = Math.max(began, this.lastOwned, this.lastSeen ?? 0) + OWNER_MS - Date.now();
      if (restMs <= 0) return false;
      await this.ownerOr(restMs, seatId(seat));
    }
    return true;
  }

  /** Those of the seats that the program declares, and that don't get an owner. */
  async withoutOwner(seats: readonly Seat[]): Promise<Seat[]> {
    await Promise.all(seats.map((seat) => this.seenOrKeeping(seat)));
    const declared = seats.filter((seat) => this.keeps(seat));
    const owners = await Promise.all(declared.map((seat) => this.hasOwner(seat)));
    return declared.filter((_, n) => !owners[n]);
  }

  /** Resolves when the seat gets an owner, or after a time. */
  private ownerOr(ms: number, id: string): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timeout);
        this.gotOwner.off(id, done);
        resolve();
      };
      const timeout = setTimeout(done, ms);
      this.gotOwner.once(id, done);
    });
  }
}
