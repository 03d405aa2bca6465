// The lifecycle of a SeatAssignment, as Pulumi's dynamic-provider process calls it.
import type { dynamic } from "@pulumi/pulumi";
import { SeatsApiError } from "../api/errors";
import type { SeatUser } from "../api/responses";
import { SeatsError } from "../model/errors";
import { adviceOnReject, inOrg, productOf, type Seat, seatId, seatOfId } from "../model/seat";
import { isHeld } from "../seats/listing";
import type { SeatKey } from "../seats/ownership";
import type { Result } from "../seats/writes";
import { InputCheck, UNKNOWN } from "./inputs";
import { hasOwner, unassignUnwanted } from "./release";
import { log, type Run } from "./run";

interface Inputs extends Seat {
  /** Absent means "adopt". */
  readonly existing?: "adopt" | "reject";
}

/** What the state holds: the inputs, and what is known of the seat. */
interface Outputs extends Inputs {
  /** Absent when it is not known. */
  readonly adopted?: boolean;
  readonly email?: string;
  readonly name?: string;
  readonly assignedAt?: string;
}

const REPLACING = ["org", "productCode", "userId"] as const;

export class SeatAssignmentProvider implements dynamic.ResourceProvider<Inputs, Outputs> {
  /** What the resource held before, by the seat that is to replace it. */
  private readonly replaced = new Map<SeatKey, Inputs>();

  constructor(private readonly run: Run) {}

  async configure({ config }: dynamic.ConfigureRequest): Promise<void> {
    this.run.configure((key) => config.get(key));
  }

  async check(olds: Inputs | undefined, news: Inputs): Promise<dynamic.CheckResult<Inputs>> {
    const { ownership } = this.run;
    ownership.checked();
    const check = new InputCheck({ ...news });
    check.org("org", (name) => this.run.orgProblem(name));
    check.productCode("productCode");
    check.userId("userId");
    check.oneOf("existing", "adopt", "reject");
    const inputs = check.inputs as unknown as Inputs;
    if (REPLACING.every((property) => check.knows(property))) {
      this.run.declare(inputs);
      const inState = olds?.userId !== undefined;
      if (inState && changedProperties(olds, inputs).length === 0) {
        ownership.own(this.run.seatKey(inputs));
      } else if (inState) {
        this.replaced.set(this.run.seatKey(inputs), olds);
      }
    }
    if (check.failures.length > 0) ownership.failed();
    return { inputs, failures: check.failures };
  }

  async diff(_id: string, olds: Outputs, news: Inputs): Promise<dynamic.DiffResult> {
    const { ownership } = this.run;
    ownership.engineCalled();
    const changed = changedProperties(olds, news);
    const wasUnassigned = ownership.wasUnassigned(this.run.seatKey(news));
    return {
      changes: changed.length > 0 || olds.existing !== news.existing || wasUnassigned,
      // An unknown value may well turn out to be the same.
      replaces: changed.filter((property) => news[property] !== UNKNOWN),
      // Whoever is to have a seat then gets or adopts it before anybody loses one.
      deleteBeforeReplace: false,
    };
  }

  async create(inputs: Inputs): Promise<dynamic.CreateResult<Outputs>> {
    return this.run.reportingChange(async () => {
      const seats = this.run.product(inputs);
      const key = this.run.seatKey(inputs);
      this.run.ownership.disown(key);
      const before = await seats.lookUp(inputs.userId, inputs.existing);
      const wasHeld = isHeld(before) || (await this.assign(inputs)) === "already";
      // No request: of a seat that was assigned just now, another listing of this run may have told the email since.
      const holder = isHeld(before) ? before : await seats.find(inputs.userId);
      if (wasHeld && holder) this.adopt(inputs, holder);
      this.run.ownership.own(key);
      const adopted = !wasHeld && before === "not known" ? undefined : wasHeld;
      return { id: seatId(inputs), outs: outputs(inputs, adopted, holder) };
    });
  }

  async read(id: string, state: Partial<Outputs> = {}): Promise<dynamic.ReadResult> {
    return this.run.reportingRead(async () => {
      const seat = seatOfId(id);
      if (!seat) {
        throw new SeatsError(
          `${JSON.stringify(id)} is not the id of a seat. Expected one such as "on_call/3fa85f64-5717-4562-b3fc-2c963f66afa6": productCode/userId, or org/productCode/userId.`,
        );
      }
      const holder = await this.run.product(seat).details(seat.userId);
      if (holder) {
        const inputs = { ...seat, ...(state.existing && { existing: state.existing }) };
        // Whoever looks a seat up by its id alone finds one that was held before.
        const adopted = state.userId === undefined ? true : state.adopted;
        const outs = outputs(inputs, adopted, holder);
        return { id: seatId(seat), props: outs, inputs };
      }
      // `SeatAssignment.get` comes without properties, and an empty answer would hand the program `undefined`.
      if (state.userId === undefined) {
        throw new SeatsError(
          `User ${seat.userId} holds no seat of ${inOrg(seat.productCode, seat.org)}.`,
        );
      }
      // The engine takes an empty id for "gone".
      return { id: "" };
    });
  }

  /** Another `existing` says nothing about a seat that is already owned. */
  async update(_id: string, olds: Outputs, news: Inputs): Promise<dynamic.UpdateResult<Outputs>> {
    return this.run.reportingChange(async () => {
      if (this.run.ownership.wasUnassigned(this.run.seatKey(news))) {
        const seats = this.run.product(news);
        if (!isHeld(await seats.lookUp(news.userId))) await seats.assign(news.userId);
      }
      const { existing: _, ...kept } = olds;
      return { outs: { ...kept, ...(news.existing && { existing: news.existing }) } };
    });
  }

  async delete(id: string, state: Outputs): Promise<void> {
    await this.run.reportingOnce(async () => {
      if ((await unassignUnwanted(this.run, state, "delete")) === "unassigned") return;
      if (await hasOwner(this.run, state)) {
        log(`Left the seat ${id} in place: another resource of this program declares it.`);
        return;
      }
      throw new SeatsError(
        `Kept the seat ${id} under this name: the resource that declares it now does not own it yet. Fix what keeps that resource from being created, and run \`pulumi up\` again; if that is the option \`deleteBeforeReplace\`, run once without it.`,
      );
    });
  }

  /** A plan may have no seat for both the user of before and the new one. */
  private async assign(inputs: Inputs): Promise<Result> {
    try {
      return await this.run.product(inputs).assign(inputs.userId);
    } catch (error) {
      const replaced = this.replaced.get(this.run.seatKey(inputs));
      if (!replaced || !(error instanceof SeatsApiError) || error.outcome !== "refused")
        throw error;
      throw error.adding(
        `This seat replaces the one of user ${replaced.userId}, which is unassigned afterwards: if the plan has no seat for both, give the resource the option \`deleteBeforeReplace: true\`.`,
      );
    }
  }

  private adopt({ org, productCode, userId, existing }: Inputs, held: SeatUser): void {
    const product = inOrg(productCode, org);
    const since = held.assignedAt ? ` since ${held.assignedAt}` : "";
    const who = held.email ? `user ${userId} (${held.email})` : `user ${userId}`;
    if (existing === "reject") {
      throw new SeatsError(
        `Could not assign a seat of ${product} to ${who}, who already holds one${since}, because \`existing\` is "reject". ` +
          adviceOnReject("the seat"),
      );
    }
    log(`Adopted the seat of ${product} that ${who} holds${since}: this stack owns it now.`);
  }
}

const changedProperties = (olds: Inputs, news: Inputs) =>
  REPLACING.filter((property) => olds[property] !== news[property]);

function outputs(inputs: Inputs, adopted: boolean | undefined, holder?: SeatUser): Outputs {
  const { userId, existing } = inputs;
  const { email, name, assignedAt } = holder ?? {};
  return {
    ...productOf(inputs),
    userId,
    ...(existing && { existing }),
    ...(adopted !== undefined && { adopted }),
    ...(email !== undefined && { email }),
    ...(name !== undefined && { name }),
    ...(assignedAt !== undefined && { assignedAt }),
  };
}
