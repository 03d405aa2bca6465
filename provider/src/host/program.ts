// What the program of this run declares, as far as the engine has shown it: `check` runs for every resource of it.
import { type Seat, seatId } from "./seat";

/**
 * After so long without another check, the engine is taken to have shown the whole program. It asks for the removal of
 * a seat that is to be replaced before that; another resource may yet declare the same seat.
 */
const QUIET_MS = 500;

export class Program {
  private readonly declared = new Set<string>();
  private readonly ownerless = new Set<string>();
  private lastSeen: number | undefined;

  /** Whether there is a program in this run: a `destroy` and a `refresh` have none. */
  get ran(): boolean {
    return this.lastSeen !== undefined;
  }

  /** To be told of every check. */
  seen(): void {
    this.lastSeen = Date.now();
  }

  /** Remembers a seat that the program declares, and would adopt: this run doesn't take it away from the user. */
  declare(seat: Seat, existing?: "adopt" | "reject"): void {
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

  /** Whether a seat is not to be taken away in this run. */
  keeps(seat: Seat): boolean {
    return this.declared.has(seatId(seat)) || this.ownerless.has(seatId(seat));
  }

  /** Resolves when the program has been seen as a whole, or keeps the seat by what has been seen of it. */
  async seenOrKeeping(seat: Seat): Promise<void> {
    while (this.lastSeen !== undefined && !this.keeps(seat)) {
      const restMs = this.lastSeen + QUIET_MS - Date.now();
      if (restMs <= 0) return;
      await new Promise((resolve) => setTimeout(resolve, restMs));
    }
  }
}
