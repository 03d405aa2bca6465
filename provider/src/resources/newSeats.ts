// What a preview reports of new seats: whether the `up` will assign or adopt them, or keep them under another name. The
// provider process looks them up, and hands what it finds to the program as an output.
import * as pulumi from "@pulumi/pulumi";
import { previewLookup } from "../config/settings";
import { lookupFailed, type SeatPreview, seatCount } from "../model/heldSeat";
import { seatId } from "../model/seat";
import { type NewSeat, reportSeats, type SeatOutcome } from "./previewReport";
import { seatsInState } from "./stackState";

/** What is needed here of a resource that declares a seat. */
interface SeatResource extends pulumi.CustomResource {
  readonly productCode: pulumi.Output<string>;
  readonly userId: pulumi.Output<string>;
  /** In a preview only. Unknown where nothing was looked up. */
  readonly __lookup?: pulumi.Output<SeatPreview>;
}

/** Per run, by its stack resource: an Automation API program may run many stacks in one process. */
const previews = new WeakMap<pulumi.Resource, NewSeats>();

/** To be called for every seat that a preview registers. Reports what the `up` will do about it, if it is new. */
export function previewSeat(resource: SeatResource, name: string): void {
  const stack = pulumi.runtime.getStackResource();
  if (!stack) return;
  const newSeats = previews.get(stack) ?? new NewSeats();
  previews.set(stack, newSeats);
  newSeats.add(newSeat(resource, name));
}

class NewSeats {
  /** How many resources are being registered. */
  private registering = 0;
  private gathered: NewSeat[] = [];
  private release: (() => void) | undefined;
  private state: Promise<Map<string, string[]>> | undefined;
  private readonly logged = new Set<string>();
  /** How many new seats may be assigned, by product: also those whose lookup did not read every page. */
  private readonly assigned = new Map<string, number>();

  /** Reports once nothing is being registered any more, so that hundreds of seats share one line. */
  async add(registration: Promise<NewSeat | undefined>): Promise<void> {
    this.registering += 1;
    // Pulumi reports a registration that has failed.
    const seat = await registration.catch(() => undefined);
    this.registering -= 1;
    if (seat) {
      this.gathered.push(seat);
      // Otherwise Pulumi could end the program before everything is logged.
      this.release ??= pulumi.runtime.rpcKeepAlive();
    }
    if (this.registering > 0 || this.gathered.length === 0) return;
    const { gathered, release } = this;
    this.gathered = [];
    this.release = undefined;
    await this.report(gathered).finally(release);
  }

  private async report(seats: readonly NewSeat[]): Promise<void> {
    const lookedUp = seats.filter(({ lookup }) => lookup !== undefined);
    if (lookedUp.length < seats.length && isTurnedOff()) {
      this.once(
        "datadogSeats:previewLookup is false: this preview doesn't tell which of the new seats are held already.",
        pulumi.log.info,
      );
    }
    for (const { lookup } of lookedUp) {
      if (lookup?.problem) this.once(lookupFailed(lookup.problem), pulumi.log.warn);
    }
    const found = lookedUp.filter(({ lookup }) => !lookup?.problem);
    const outcomes = await Promise.all(found.map((seat) => this.outcome(seat)));
    for (const code of new Set(found.map(({ productCode }) => productCode))) {
      const ofProduct = outcomes.filter(({ seat }) => seat.productCode === code);
      reportSeats(ofProduct);
      this.reportCount(code, ofProduct);
    }
  }

  /** Pulumi unassigns the seats that go after the new ones are assigned, except with `deleteBeforeReplace`. */
  private reportCount(code: string, outcomes: readonly SeatOutcome[]): void {
    const lookups = outcomes.flatMap(({ kind, seat }) =>
      kind === "assigned" || kind === "not known" ? [seat.lookup] : [],
    );
    const [now] = lookups.flatMap((lookup) => lookup?.seats ?? []);
    if (now === undefined) return;
    const assigned = (this.assigned.get(code) ?? 0) + lookups.length;
    this.assigned.set(code, assigned);
    const news = assigned === 1 ? "the new one" : `the ${assigned} new ones`;
    pulumi.log.info(seatCount(code, now, [`at most ${now + assigned} with ${news}`]));
  }

  private async outcome(seat: NewSeat): Promise<SeatOutcome> {
    const { held, refused } = seat.lookup ?? {};
    if (refused !== undefined) return { seat, kind: "refused", reason: refused };
    if (!held) return { seat, kind: seat.lookup?.isUnsure ? "not known" : "assigned" };
    this.state ??= seatsInState();
    const owners = (await this.state).get(seatId(seat)) ?? [];
    const from = owners.find((urn) => urn !== seat.urn);
    return { seat, held, ...(from ? { kind: "kept", from } : { kind: "adopted" }) };
  }

  /** The same line may be due for many seats. */
  private once(line: string, log: (line: string) => void): void {
    if (!this.logged.has(line)) log(line);
    this.logged.add(line);
  }
}

/** The seat of a resource that is new, or replaced: Pulumi doesn't know its id yet. */
async function newSeat(resource: SeatResource, name: string): Promise<NewSeat | undefined> {
  if (await isKnown(resource.id)) return undefined;
  const { productCode, userId, urn, __lookup } = resource;
  const lookup = (await isKnown(__lookup)) ? __lookup : undefined;
  const seat = pulumi.output({ productCode, userId, urn, lookup });
  // Unknown where it comes from another new resource, and where --target leaves the resource out.
  if (!(await isKnown(seat))) return undefined;
  return new Promise((resolve) => {
    seat.apply((known) => resolve({ ...known, name, resource }));
  });
}

/** A property of outputs that Pulumi's types don't have. */
const isKnown = (output: unknown) => (output as { isKnown: Promise<boolean> }).isKnown;

function isTurnedOff(): boolean {
  try {
    return !previewLookup(pulumi.runtime.getConfig);
  } catch {
    return false; // The provider process refuses what is neither true nor false.
  }
}
