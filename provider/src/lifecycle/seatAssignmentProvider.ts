// The lifecycle of a SeatAssignment, as both entry points call it.
import type { dynamic } from "@pulumi/pulumi";
import { SeatsApiError } from "../api/errors";
import type { SeatUser } from "../api/responses";
import { SeatsError } from "../model/errors";
import { heldSeat, type SeatPreview } from "../model/heldSeat";
import { type Seat, seatId, seatOfId } from "../model/seat";
import { isHeld } from "../seats/listing";
import { claimSeat, currentHolder } from "./claim";
import { InputCheck, type ProgramHints, UNKNOWN } from "./inputs";
import { releaseAll } from "./release";
import type { Run } from "./run";
import { SeatAssignmentPreview } from "./seatAssignmentPreview";

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
  /** Whether it was looked up with `SeatAssignment.get`: then the resource owns nothing. */
  readonly __external?: true;
}

export class SeatAssignmentProvider implements dynamic.ResourceProvider<Inputs, Outputs> {
  private readonly preview: SeatAssignmentPreview;

  constructor(private readonly run: Run) {
    this.preview = new SeatAssignmentPreview(run);
  }

  async configure({ config }: dynamic.ConfigureRequest): Promise<void> {
    this.run.configure((key) => config.get(key));
  }

  async check(olds: Inputs | undefined, news: Inputs): Promise<dynamic.CheckResult<Inputs>> {
    const { ownership } = this.run;
    const check = new InputCheck({ ...news });
    check.refuse(this.run.checked(news));
    check.productCode("productCode");
    check.userId("userId");
    check.oneOf("existing", "adopt", "reject");
    const inputs = check.inputs as unknown as Inputs;
    const isKnown = check.knows("productCode") && check.knows("userId");
    const inState = olds?.userId === undefined ? undefined : olds;
    const isInState = inState !== undefined && isKnown && changed(inState, inputs).length === 0;
    let __lookup: SeatPreview | undefined;
    if (isKnown) {
      if (!inState && news.__urn) ownership.forget(news.__urn);
      check.refuse(ownership.declare(inputs, news.__urn));
      if (inState && !isInState) ownership.replace([inState], seatId(inputs));
      if (!isInState) {
        const isReplaced = inState?.productCode === inputs.productCode;
        this.run.limit.expect(inputs, {
          ...(isReplaced && { leaving: [inState.userId] }),
          joining: [inputs.userId],
        });
      }
      if (isInState) ownership.own(inputs);
      else if (this.run.isPreview && check.failures.length === 0) {
        __lookup = await this.preview.lookUp(inputs, check);
      }
    }
    if (check.failures.length > 0) ownership.failed();
    else if (isKnown) ownership.activity.expect(seatId(inputs), isInState);
    return { inputs: { ...inputs, ...(__lookup && { __lookup }) }, failures: check.failures };
  }

  async diff(_id: string, olds: Outputs, news: Inputs): Promise<dynamic.DiffResult> {
    const { ownership } = this.run;
    return ownership.diffing(async () => {
      // An unknown value may well turn out to be the same.
      const replaces = changed(olds, news).filter((property) => news[property] !== UNKNOWN);
      const changes =
        changed(olds, news).length > 0 ||
        olds.existing !== news.existing ||
        ownership.wasUnassigned(news);
      if (!changes) ownership.activity.unchanged(seatId(news));
      // The new seat is assigned or adopted before the old one is unassigned.
      return { changes, replaces, deleteBeforeReplace: false };
    });
  }

  /** For a preview of a new seat; see {@link SeatAssignmentPreview.report}. */
  async previewCreate(inputs: Inputs): Promise<Outputs> {
    if (!isSeatKnown(inputs)) return inputs;
    const held = await this.run.reportOnce(() => this.preview.report(inputs));
    return held ? outputs(inputs, true, { userId: inputs.userId, ...held }) : inputs;
  }

  async create(inputs: Inputs): Promise<dynamic.CreateResult<Outputs>> {
    const { ownership } = this.run;
    return this.run.changing(seatId(inputs), async () => {
      ownership.disown(inputs);
      const before = await currentHolder(this.run, inputs);
      if (!isHeld(before)) await this.run.limit.check(inputs);
      const { isAdopted, holder } = await claimSeat(this.run, inputs, before).catch((error) => {
        throw this.explained(inputs, error);
      });
      if (isAdopted) {
        const line = `Adopted ${heldSeat(inputs, holder)}: this stack owns it now.`;
        await this.run.log(line, inputs.__urn ?? ownership.declarerOf(inputs));
      }
      ownership.own(inputs);
      return { id: seatId(inputs), outs: outputs(inputs, isAdopted, holder) };
    });
  }

  async read(id: string, state: Partial<Outputs> = {}): Promise<dynamic.ReadResult> {
    return this.run.reading(async () => {
      const seat = seatOfId(id);
      if (!seat) {
        throw new SeatsError(
          `${JSON.stringify(id)} is not the id of a seat. Expected one such as "on_call/3fa85f64-5717-4562-b3fc-2c963f66afa6": productCode/userId.`,
        );
      }
      // `SeatAssignment.get` and an import come with an id alone.
      const isLookup = state.userId === undefined;
      const holder = await this.run.product(seat).findForRead(seat.userId);
      if (isHeld(holder)) {
        const inputs = { ...seat, ...(state.existing && { existing: state.existing }) };
        const props = {
          ...outputs(inputs, isLookup ? true : state.adopted, holder),
          ...((isLookup || state.__external) && { __external: true }),
        };
        return { id: seatId(seat), props, inputs };
      }
      // An empty response would hand the program `undefined`.
      if (isLookup) {
        throw new SeatsError(`User ${seat.userId} holds no ${seat.productCode} seat.`);
      }
      // The engine takes an empty id for "gone".
      return { id: "" };
    });
  }

  /** A new value of `existing` is only recorded: it matters to seats that are yet to be assigned. */
  async update(_id: string, olds: Outputs, news: Inputs): Promise<dynamic.UpdateResult<Outputs>> {
    const { ownership } = this.run;
    return this.run.changing(seatId(news), async () => {
      if (ownership.wasUnassigned(news)) {
        const claim = { ...news, existing: "adopt" } as const;
        await claimSeat(this.run, claim, await currentHolder(this.run, claim));
      }
      return { outs: updated(olds, news) };
    });
  }

  /** While it is not known whose seat it will be, nothing is known of that. */
  async previewUpdate(olds: Outputs, news: Inputs): Promise<Outputs> {
    return isSeatKnown(news) ? updated(olds, news) : { ...news, ...UNKNOWN_DETAILS };
  }

  async delete(id: string, state: Outputs): Promise<void> {
    await this.run.deleting(async () => {
      const [result] = (await releaseAll(this.run, [state])).values();
      if (result instanceof Error) throw result;
      if (!result || result === "unassigned") return;
      const { reason = "another resource of this program owns it" } = result;
      await this.run.log(`Left the seat ${id} in place: ${reason}.`, state.__urn);
    });
  }

  /** What refuses the new user's seat may be that the one of before is still held. */
  private explained(inputs: Inputs, error: Error): Error {
    const replaced = this.run.ownership.replacedBy(seatId(inputs));
    const isRefused = error instanceof SeatsApiError && error.outcome === "refused";
    if (!isRefused || replaced?.productCode !== inputs.productCode) return error;
    return error.adding(
      `This seat replaces the one of user ${replaced.userId}, which is unassigned afterwards: if that is the reason, give the resource the option \`deleteBeforeReplace: true\`.`,
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
const isSeatKnown = ({ productCode, userId }: Seat) =>
  productCode !== UNKNOWN && userId !== UNKNOWN;

/** The properties for which the resource is replaced. */
const changed = (olds: Seat, news: Seat) =>
  (["productCode", "userId"] as const).filter((property) => olds[property] !== news[property]);

function updated({ existing: _, ...olds }: Outputs, { existing }: Inputs): Outputs {
  return { ...olds, ...(existing && { existing }) };
}

function outputs(inputs: Inputs, adopted: boolean | undefined, holder?: SeatUser): Outputs {
  const { productCode, userId, existing } = inputs;
  const { email, name, assignedAt } = holder ?? {};
  return {
    productCode,
    userId,
    ...(existing && { existing }),
    ...(adopted !== undefined && { adopted }),
    ...(email !== undefined && { email }),
    ...(name !== undefined && { name }),
    ...(assignedAt !== undefined && { assignedAt }),
  };
}
