// The lifecycle of a SeatAssignment, as both entry points call it.
import type { dynamic } from "@pulumi/pulumi";
import { SeatsApiError } from "../api/errors";
import type { SeatUser } from "../api/responses";
import { SeatsError } from "../model/errors";
import { heldSeat, seatRejection } from "../model/heldSeat";
import { type Seat, seatId, seatOfId } from "../model/seat";
import type { SeatPreview } from "../model/seatPreview";
import { isHeld } from "../seats/listing";
import type { SeatKey } from "../seats/ownership";
import type { Result } from "../seats/writes";
import { InputCheck, type ProgramHints, UNKNOWN } from "./inputs";
import { hasOwner, unassignUnwanted } from "./release";
import type { Run } from "./run";
import { SeatAssignmentPreview } from "./seatAssignmentPreview";
import { seatBefore } from "./seatBefore";

interface Inputs extends Seat, ProgramHints {
  /** In a preview, what was found out about a new seat, for the program to show. */
  readonly __lookup?: SeatPreview;
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

const REPLACING = ["productCode", "userId"] as const;

export class SeatAssignmentProvider implements dynamic.ResourceProvider<Inputs, Outputs> {
  /** What the resource held before, by the seat that is to replace it. */
  private readonly replaced = new Map<SeatKey, Inputs>();
  /** Of the resources that the program declares, by their seats. */
  private readonly urns = new Map<SeatKey, string | undefined>();
  private readonly preview: SeatAssignmentPreview;

  constructor(private readonly run: Run) {
    this.preview = new SeatAssignmentPreview(run);
  }

  async configure({ config }: dynamic.ConfigureRequest): Promise<void> {
    this.run.configure((key) => config.get(key));
  }

  async check(olds: Inputs | undefined, news: Inputs): Promise<dynamic.CheckResult<Inputs>> {
    const { ownership } = this.run;
    ownership.checked();
    this.run.isPreview ||= news.__preview === true;
    const check = new InputCheck({ ...news });
    check.productCode("productCode");
    check.userId("userId");
    check.oneOf("existing", "adopt", "reject");
    const inputs = check.inputs as unknown as Inputs;
    let __lookup: SeatPreview | undefined;
    if (REPLACING.every((property) => check.knows(property))) {
      const key = seatId(inputs);
      check.refuse(ownership.declare(inputs, news.__urn));
      this.urns.set(key, news.__urn);
      const before = olds?.userId === undefined ? undefined : olds;
      const isSame = before !== undefined && changedProperties(before, inputs).length === 0;
      if (isSame) ownership.own(key, news.__urn);
      else if (before) this.replaced.set(key, before);
      if (!isSame && this.run.isPreview && check.failures.length === 0) {
        __lookup = await this.preview.lookUp(inputs, check);
      }
    }
    if (check.failures.length > 0) ownership.failed();
    else if (isKnown(inputs)) ownership.changes.await(seatId(inputs));
    return { inputs: { ...inputs, ...(__lookup && { __lookup }) }, failures: check.failures };
  }

  async diff(_id: string, olds: Outputs, news: Inputs): Promise<dynamic.DiffResult> {
    this.run.ownership.engineCalled();
    const changed = changedProperties(olds, news);
    const unassigned = this.run.ownership.wasUnassigned(seatId(news));
    const changes = changed.length > 0 || olds.existing !== news.existing || unassigned;
    if (!changes) this.run.ownership.changes.came(seatId(news));
    return {
      changes,
      // An unknown value may well turn out to be the same.
      replaces: changed.filter((property) => news[property] !== UNKNOWN),
      // The new seat is assigned or adopted before the old one is unassigned.
      deleteBeforeReplace: false,
    };
  }

  /** For a preview of a new seat; see {@link SeatAssignmentPreview.report}. */
  async previewCreate(inputs: Inputs): Promise<Outputs> {
    if (!isKnown(inputs)) return inputs;
    const held = await this.run.errors.reportOnce(() => this.preview.report(inputs));
    return held ? outputs(inputs, true, { userId: inputs.userId, ...held }) : inputs;
  }

  async create(inputs: Inputs): Promise<dynamic.CreateResult<Outputs>> {
    const key = seatId(inputs);
    return this.run.reportingChange(key, async () => {
      const seats = this.run.product(inputs);
      this.run.ownership.disown(key);
      const before = await seatBefore(seats, inputs);
      const wasHeld = isHeld(before) || (await this.assign(inputs)) === "already";
      // No request: of a seat that was assigned just now, another listing of this run may have told the email since.
      const holder = isHeld(before) ? before : await seats.find(inputs.userId);
      if (wasHeld && holder) await this.adopt(inputs, holder);
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
          `${JSON.stringify(id)} is not the id of a seat. Expected one such as "on_call/3fa85f64-5717-4562-b3fc-2c963f66afa6": productCode/userId.`,
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
      // `SeatAssignment.get` comes without properties, and an empty response would hand the program `undefined`.
      if (state.userId === undefined) {
        throw new SeatsError(`User ${seat.userId} holds no ${seat.productCode} seat.`);
      }
      // The engine takes an empty id for "gone".
      return { id: "" };
    });
  }

  /** A new value of `existing` is only recorded: it matters to seats that are yet to be assigned. */
  async update(_id: string, olds: Outputs, news: Inputs): Promise<dynamic.UpdateResult<Outputs>> {
    const key = seatId(news);
    return this.run.reportingChange(key, async () => {
      if (this.run.ownership.wasUnassigned(key)) {
        const seats = this.run.product(news);
        if (!isHeld(await seats.lookUp(news.userId))) await seats.assign(news.userId);
      }
      return { outs: await this.previewUpdate(olds, news) };
    });
  }

  /** While it is not known whose seat it will be, nothing is known of that. */
  async previewUpdate(olds: Outputs, news: Inputs): Promise<Outputs> {
    if (!isKnown(news)) return { ...news, ...UNKNOWN_DETAILS };
    const { existing: _, ...kept } = olds;
    return { ...kept, ...(news.existing && { existing: news.existing }) };
  }

  async delete(id: string, state: Outputs): Promise<void> {
    await this.run.errors.reportOnce(async () => {
      const seat = { ...state, releasing: this.replacementOf(state) };
      if ((await unassignUnwanted(this.run, seat, "delete")) === "unassigned") return;
      if (await hasOwner(this.run, state)) {
        const line = `Left the seat ${id} in place: another resource of this program declares it.`;
        return this.run.log(line, state.__urn);
      }
      throw new SeatsError(
        `Kept the seat ${id} under this name: the resource that declares it now does not own it yet. Fix what keeps that resource from being created, and run \`pulumi up\` again; if that is the option \`deleteBeforeReplace\`, run once without it.`,
      );
    });
  }

  /** The seat that is to replace this one in its resource, if any. */
  private replacementOf(seat: Seat): SeatKey | undefined {
    const key = seatId(seat);
    return [...this.replaced].find(([, before]) => seatId(before) === key)?.[0];
  }

  /** A plan may have no seat for both the user of before and the new one, of the same product. */
  private async assign(inputs: Inputs): Promise<Result> {
    try {
      return await this.run.product(inputs).assign(inputs.userId);
    } catch (error) {
      const replaced = this.replaced.get(seatId(inputs));
      const isOfProduct = replaced?.productCode === inputs.productCode;
      if (!isOfProduct || !(error instanceof SeatsApiError) || error.outcome !== "refused")
        throw error;
      throw error.adding(
        `This seat replaces the one of user ${replaced.userId}, which is unassigned afterwards: if the plan has no seat for both, give the resource the option \`deleteBeforeReplace: true\`.`,
      );
    }
  }

  private async adopt(inputs: Inputs, held: SeatUser): Promise<void> {
    if (inputs.existing === "reject") throw new SeatsError(seatRejection(inputs, held));
    await this.run.log(
      `Adopted ${heldSeat(inputs, held)}: this stack owns it now.`,
      inputs.__urn ?? this.urns.get(seatId(inputs)),
    );
  }
}

const UNKNOWN_DETAILS = {
  adopted: UNKNOWN,
  email: UNKNOWN,
  name: UNKNOWN,
  assignedAt: UNKNOWN,
} as object;

/** Whether it is known which seat it is: a preview may have to do without. */
const isKnown = (seat: Seat) => REPLACING.every((property) => seat[property] !== UNKNOWN);

const changedProperties = (olds: Inputs, news: Inputs) =>
  REPLACING.filter((property) => olds[property] !== news[property]);

function outputs(inputs: Inputs, adopted: boolean | undefined, holder?: SeatUser): Outputs {
  const { userId, existing } = inputs;
  const { email, name, assignedAt } = holder ?? {};
  return {
    productCode: inputs.productCode,
    userId,
    ...(existing && { existing }),
    ...(adopted !== undefined && { adopted }),
    ...(email !== undefined && { email }),
    ...(name !== undefined && { name }),
    ...(assignedAt !== undefined && { assignedAt }),
  };
}
