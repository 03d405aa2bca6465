// Who owns which seat. The rule: releasing a seat unassigns it unless the program wants it; then the release succeeds once
// another resource owns it, and fails until then.
//
// Wanted is a seat that the program declares, as a check of this run has shown, or that the ownership map lists under this
// stack. Owned is one that a resource of the program has in its state: after a create or an update of this run, or because the
// check, or the diff after it, came with that state.
import { type Product, type Seat, seatId, seatOfId } from "../model/seat";
import { nameOfUrn } from "../model/urn";
import { allOf, EngineActivity } from "./engineActivity";
import { isListed, isListedHere, type Mapping } from "./mappedSeats";

/** When a resource releases a seat: as it is updated, in the middle of a run, or as it is deleted, mostly at the end. */
export type During = "update" | "delete";

/** What this run knows of one seat. */
interface SeatRecord {
  isDeclared?: boolean;
  /** The URN of the resource that declares it, where the program tells it. */
  declaredBy?: string | undefined;
  /** It is claimed by a resource that will own it, once what that resource itself waits for has settled. */
  owner?: "claimed" | "owned" | undefined;
  /** Whether this run has unassigned it: a resource that turns out to have it in its state assigns it again. */
  isUnassigned?: boolean;
  /** What the ownership map says of it, once it is to be released. */
  mapping?: Mapping;
  /** The resource that releases it as it is replaced, as `EngineActivity` knows it. */
  replacedIn?: string;
  releasedDuring?: During;
}

export class Ownership {
  readonly activity = new EngineActivity();
  private readonly seats = new Map<string, SeatRecord>();
  /** The ids of the seats that a resource declares, by its URN. */
  private readonly declared = new Map<string, Set<string>>();
  /** The URNs of exclusive rosters, by product. */
  private readonly exclusive = new Map<string, string>();
  /** Whether there is a program in this run: a `destroy` and a `refresh` have none. */
  hasProgram = false;
  private hasFailedRead = false;
  private hasFailedChange = false;

  /** To be called by every check. */
  checked(): void {
    this.hasProgram = true;
    this.activity.called();
  }

  /** To be called when a resource of the program fails. */
  failed(): void {
    this.hasFailedChange = true;
    this.activity.called();
  }

  /** Does what a read does. */
  async reading<T>(read: () => Promise<T>): Promise<T> {
    return this.activity.reading(() =>
      read().catch((error) => {
        this.hasFailedRead = true;
        throw error;
      }),
    );
  }

  /** Does what a delete does. */
  async deleting<T>(release: () => Promise<T>): Promise<T> {
    return this.orFailed(release);
  }

  /** Does what a create or an update does. */
  async changing<T>(resource: string, change: () => Promise<T>): Promise<T> {
    return this.activity.changing(resource, () => this.orFailed(change));
  }

  /** Does what a diff does. */
  async diffing<T>(diff: () => Promise<T>): Promise<T> {
    this.activity.called();
    return this.orFailed(diff);
  }

  /**
   * The program declares the seat.
   *
   * @param urn of the resource that declares it: without one it can't be told from others
   * @returns what is wrong: another resource declares it too
   */
  declare(seat: Seat, urn?: string): string | undefined {
    const { productCode, userId } = seat;
    const record = this.record(seat);
    record.isDeclared = true;
    this.activity.called();
    if (urn === undefined) return undefined;
    const exclusive = this.exclusive.get(productCode) ?? urn;
    if (exclusive !== urn) return besideExclusive(exclusive, urn, productCode);
    const other = record.declaredBy ?? urn;
    record.declaredBy = other;
    if (other === urn) {
      this.declared.set(urn, (this.declared.get(urn) ?? new Set()).add(seatId(seat)));
      return undefined;
    }
    return `"${nameOfUrn(other)}" and "${nameOfUrn(urn)}" both declare the ${productCode} seat of user ${userId}: remove one of them.`;
  }

  /** As `declare`, of every seat of a product. */
  declareExclusive({ productCode }: Product, urn: string): string | undefined {
    const ofProduct = seatId({ productCode, userId: "" });
    for (const [id, { declaredBy = urn }] of this.seats) {
      if (declaredBy !== urn && id.startsWith(ofProduct)) {
        return besideExclusive(urn, declaredBy, productCode);
      }
    }
    this.exclusive.set(productCode, urn);
    return undefined;
  }

  /**
   * The resource is checked without a state: it is new, or it is replaced and was checked with its state before. What that
   * check has shown counts no more, because options such as `ignoreChanges` don't hold for a replacement.
   */
  forget(urn: string): void {
    for (const id of this.declared.get(urn) ?? []) {
      this.activity.started(id);
      const nothing = { isDeclared: false, declaredBy: undefined, owner: undefined };
      this.seats.set(id, { ...this.seats.get(id), ...nothing });
    }
    this.declared.delete(urn);
  }

  /** The URN of the resource that declares the seat, where it is known. */
  declarerOf = (seat: Seat) => this.seats.get(seatId(seat))?.declaredBy;

  /** A resource that the program declares has the seat in its state. */
  own(seat: Seat): void {
    this.record(seat).owner = "owned";
    this.activity.called();
  }

  /** As `own`, by a resource whose change waits for others before it is recorded. */
  markClaimed(seat: Seat): void {
    this.record(seat).owner ??= "claimed";
  }

  /**
   * The resource that has the seat in its state is being created anew, as with `pulumi up --replace`: it owns the seat when
   * that has finished.
   */
  disown(seat: Seat): void {
    this.record(seat).owner = undefined;
  }

  /** A resource, which `expect` names, releases these seats as it is replaced. */
  replace(seats: readonly Seat[], resource: string): void {
    for (const seat of seats) this.record(seat).replacedIn = resource;
  }

  /** A seat that a resource releases as it is replaced. */
  replacedBy(resource: string): Seat | undefined {
    for (const [id, { replacedIn }] of this.seats) if (replacedIn === resource) return seatOfId(id);
    return undefined;
  }

  /** The seat is held after all: it was assigned again, or could not be unassigned. */
  markHeld(seat: Seat): void {
    this.record(seat).isUnassigned = false;
  }

  /** A seat that the ownership map lists is never unassigned. */
  map(seat: Seat, mapping: Mapping): void {
    this.record(seat).mapping = mapping;
  }

  mappingOf = (seat: Seat) => this.seats.get(seatId(seat))?.mapping;

  wasUnassigned = (seat: Seat) => this.seats.get(seatId(seat))?.isUnassigned === true;

  isDeclared = (seat: Seat) => this.seats.get(seatId(seat))?.isDeclared === true;

  isWanted = (seat: Seat) => this.isDeclared(seat) || isListedHere(this.mappingOf(seat));

  isOwned = (seat: Seat) => this.seats.get(seatId(seat))?.owner === "owned";

  /** Whether a resource owns the seat, or is only kept by others from being recorded. */
  isClaimed = (seat: Seat) => this.seats.get(seatId(seat))?.owner !== undefined;

  /**
   * Resolves when the program declares all these seats, or when it has been seen as far as it goes. Those that the ownership
   * map lists under another stack are kept anyway.
   */
  async awaitDeclaration(seats: readonly Seat[], during: During): Promise<void> {
    for (const seat of seats) this.record(seat).releasedDuring = during;
    const open = seats.filter((seat) => this.isWanted(seat) || !isListed(this.mappingOf(seat)));
    if (this.hasProgram) await this.activity.programSeen(allOf(open, this.isDeclared));
  }

  /** Resolves when all these wanted seats have owners, or when they won't get any. */
  async awaitOwners(seats: readonly Seat[], during: During): Promise<void> {
    await this.activity.changesSettled(allOf(seats, this.isOwned), during === "update");
    // The engine is told of the new owner before it is told that this one has released the seat.
    await new Promise((resolve) => setTimeout(resolve, 0));
  }

  /**
   * Decides whether a seat that is being released may be unassigned; if so, it counts as unassigned from now on. To be asked
   * when the request is about to be sent, because the program may go on until then.
   */
  mayUnassign(seat: Seat): boolean {
    const record = this.record(seat);
    if (record.isDeclared || isListed(record.mapping) || this.mayBeDeclared(record)) return false;
    record.isUnassigned = true;
    return true;
  }

  /** Whether the program may declare more than this run has shown. */
  private mayBeDeclared({ releasedDuring, replacedIn }: SeatRecord): boolean {
    if (!this.hasProgram) return false;
    // The engine doesn't check a resource whose refresh failed.
    if (this.hasFailedRead) return true;
    const isMidRun =
      releasedDuring === "update" ||
      (replacedIn !== undefined && this.activity.isPending(replacedIn));
    // After a failure the engine checks no more of the program. With `--continue-on-error` it checks what depends on a
    // failed resource, without what comes of that one, and then skips it: so nobody knows what it would have declared.
    return isMidRun ? this.hasFailedChange : !this.activity.isDrained;
  }

  private async orFailed<T>(work: () => Promise<T>): Promise<T> {
    return work().catch((error) => {
      this.failed();
      throw error;
    });
  }

  private record(seat: Seat): SeatRecord {
    const id = seatId(seat);
    const record = this.seats.get(id) ?? {};
    this.seats.set(id, record);
    return record;
  }
}

const besideExclusive = (exclusive: string, other: string, productCode: string) =>
  `"${nameOfUrn(exclusive)}" is exclusive, so it declares every ${productCode} seat, and "${nameOfUrn(other)}" declares seats of that product too: make them members of "${nameOfUrn(exclusive)}", or make it not exclusive.`;
