// What a preview says of the seats that an `up` would create: whether they will be assigned or adopted, stay where they
// are under another name, or be refused. Only the program knows that a run is a preview, so it asks Datadog, and not the
// provider process.
import * as pulumi from "@pulumi/pulumi";
import { SeatsApiError } from "../api/errors";
import { orgKey, readConnection } from "../config/connection";
import { previewLookup } from "../config/settings";
import { SeatsError } from "../model/errors";
import type { Seat } from "../model/seat";
import { fail } from "./fail";
import { Holders } from "./holders";
import { type Fate, type NewSeat, report } from "./report";
import { seatsInState } from "./stackState";

/** A resource that declares a seat, as far as it matters here. */
export interface Announced extends pulumi.CustomResource {
  readonly org: pulumi.Output<string | undefined>;
  readonly productCode: pulumi.Output<string>;
  readonly userId: pulumi.Output<string>;
  readonly existing: pulumi.Output<string | undefined>;
}

/** Its arguments that may be left out: Pulumi then calls the outputs of a new resource unknown. */
export interface OptionalArgs {
  readonly org?: pulumi.Input<string>;
  readonly existing?: pulumi.Input<string>;
}

/** Per run, by its stack resource: an Automation API program may run many stacks in one process. */
const previews = new WeakMap<pulumi.Resource, NewSeats>();

/** To be called of every seat that a preview registers. Says what becomes of it, if it is new. */
export function announce(resource: Announced, name: string, args: OptionalArgs): void {
  const stack = pulumi.runtime.getStackResource();
  if (!stack) return;
  const newSeats = previews.get(stack) ?? new NewSeats();
  previews.set(stack, newSeats);
  newSeats.add(() => newSeat(resource, name, args));
}

const config = pulumi.runtime.getConfig;
const connect = (org?: string) => readConnection(config, process.env, org);
const productKey = ({ org, productCode }: Seat) => `${orgKey(org, connect)}/${productCode}`;

class NewSeats {
  /** How many resources are being registered. */
  private registering = 0;
  private gathered: NewSeat[] = [];
  private release: (() => void) | undefined;
  private readonly holders = new Map<string, Holders>();
  private readonly told = new Set<string>();
  private state: Promise<Map<string, string[]>> | undefined;

  /** Reports once nothing is being registered any more, so that hundreds of seats get one line. */
  async add(registered: () => Promise<NewSeat | undefined>): Promise<void> {
    this.registering += 1;
    try {
      const seat = await registered();
      if (seat) {
        this.gathered.push(seat);
        // Otherwise Pulumi could end the program while the request is in flight.
        this.release ??= pulumi.runtime.rpcKeepAlive();
      }
    } catch {
      // Pulumi reports a registration that has failed.
    }
    this.registering -= 1;
    if (this.registering > 0 || this.gathered.length === 0) return;
    const { gathered, release } = this;
    this.gathered = [];
    this.release = undefined;
    try {
      await this.tell(gathered);
    } finally {
      release?.();
    }
  }

  private async tell(seats: readonly NewSeat[]): Promise<void> {
    try {
      if (!previewLookup(config)) {
        this.once(
          "datadogSeats:previewLookup is false: this preview doesn't tell which of the new seats are held already.",
          pulumi.log.info,
        );
        return;
      }
      for (const ofProduct of byProduct(seats)) await this.tellProduct(ofProduct);
    } catch (error) {
      if (!(error instanceof SeatsError)) throw error;
      this.once(error.message, fail);
    }
  }

  private async tellProduct(seats: readonly [NewSeat, ...NewSeat[]]): Promise<void> {
    const [first] = seats;
    const key = productKey(first);
    const holders = this.holders.get(key) ?? new Holders(connect(first.org), first.productCode);
    this.holders.set(key, holders);
    try {
      await holders.look(seats.map(({ userId }) => userId));
    } catch (error) {
      this.holders.delete(key);
      // With such keys the `up` fails too; in other cases it may go well.
      if (!(error instanceof SeatsApiError) || error.outcome === "forbidden") throw error;
      const count = seats.length === 1 ? "the new seat is" : `the ${seats.length} new seats are`;
      this.once(
        `${error.message} So this preview doesn't tell whether ${count} held already.`,
        pulumi.log.warn,
      );
      return;
    }
    report(await Promise.all(seats.map((seat) => this.fate(seat, holders))));
  }

  private async fate(seat: NewSeat, holders: Holders): Promise<Fate> {
    const held = holders.find(seat.userId);
    if (!held) {
      return { seat, outcome: holders.isComplete ? "assigned" : "not found", among: holders.count };
    }
    if (seat.existing === "reject") return { seat, held, outcome: "refused" };
    this.state ??= seatsInState(productKey);
    const owners = (await this.state).get(`${productKey(seat)}/${seat.userId}`) ?? [];
    const from = owners.find((urn) => urn !== seat.urn);
    return { seat, held, ...(from ? { outcome: "kept", from } : { outcome: "adopted" }) };
  }

  /** The same line may be due for each of several products. */
  private once(line: string, say: (line: string) => void): void {
    if (!this.told.has(line)) say(line);
    this.told.add(line);
  }
}

/** The seat of a resource that is new, or replaced: Pulumi doesn't know its id yet. */
async function newSeat(
  resource: Announced,
  name: string,
  args: OptionalArgs,
): Promise<NewSeat | undefined> {
  if (await isKnown(resource.id)) return undefined;
  const { productCode, userId, urn } = resource;
  const org = args.org === undefined ? undefined : resource.org;
  const existing = args.existing === undefined ? undefined : resource.existing;
  const seat = pulumi.output({ org, productCode, userId, existing, urn });
  // Unknown where it comes from another new resource, and where --target leaves the resource out.
  if (!(await isKnown(seat))) return undefined;
  return new Promise((resolve) => {
    seat.apply((known) => resolve({ ...known, name, resource }));
  });
}

/** A property of outputs that Pulumi's types don't show. */
const isKnown = (output: unknown) => (output as { isKnown: Promise<boolean> }).isKnown;

function byProduct(seats: readonly NewSeat[]): [NewSeat, ...NewSeat[]][] {
  const products = new Map<string, [NewSeat, ...NewSeat[]]>();
  for (const seat of seats) {
    const others = products.get(productKey(seat));
    if (others) others.push(seat);
    else products.set(productKey(seat), [seat]);
  }
  return [...products.values()];
}
