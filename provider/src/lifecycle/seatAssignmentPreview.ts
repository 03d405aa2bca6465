// What a preview finds out about a new SeatAssignment: whether the user holds the seat already.
import { SeatsApiError } from "../api/errors";
import { SeatsError } from "../model/errors";
import { adoption, lookupFailed, type SeatPreview } from "../model/heldSeat";
import type { Seat } from "../model/seat";
import { isHeld } from "../seats/listing";
import { currentHolder, describeRefusal, warnOfCode } from "./claim";
import type { InputCheck } from "./inputs";
import type { Run } from "./run";

interface NewSeat extends Seat {
  readonly existing?: "adopt" | "reject";
  readonly __urn?: string;
}

export class SeatAssignmentPreview {
  constructor(private readonly run: Run) {}

  /** For a program that shows it. What would make the `up` fail for every seat makes one resource's check fail. */
  async lookUp(seat: NewSeat, check: InputCheck): Promise<SeatPreview | undefined> {
    try {
      return await this.ask(seat);
    } catch (error) {
      check.refuse(this.run.firstReport(error));
      return undefined;
    }
  }

  /**
   * Says on the resource's row what the `up` will do about a seat that is held.
   *
   * @returns what is known of such a seat
   * @throws SeatsError when the `up` would fail: for a seat that is refused, and for keys that are wrong
   */
  async report(seat: NewSeat): Promise<SeatPreview["held"]> {
    const { held, refused, problem } = (await this.ask(seat)) ?? {};
    if (refused !== undefined) throw new SeatsError(refused);
    if (held) await this.run.log(adoption(seat, held), seat.__urn);
    if (problem) await this.run.logOnce(lookupFailed(problem), "WARNING");
    return held;
  }

  /**
   * @returns nothing where Datadog isn't to be asked
   * @throws SeatsError when the keys are such that the `up` would fail
   */
  private async ask(seat: NewSeat): Promise<SeatPreview | undefined> {
    await warnOfCode(this.run, seat);
    if (!this.run.mayLookUp) return undefined;
    try {
      const product = this.run.product(seat);
      if (this.run.countsInPreview) await product.holders();
      const held = await currentHolder(this.run, seat);
      await this.run.limit.check(seat);
      const refused = describeRefusal(this.run, seat, held);
      const refusal = refused === undefined ? {} : { refused };
      const seats = product.holdersRead?.count;
      const count = seats === undefined ? {} : { seats };
      if (!isHeld(held)) {
        return { ...(held === "not known" && { isUnsure: true }), ...count, ...refusal };
      }
      const { email, assignedAt } = held;
      return { held: { ...(email && { email }), ...(assignedAt && { assignedAt }) }, ...refusal };
    } catch (error) {
      if (!(error instanceof SeatsApiError) || error.outcome === "forbidden") throw error;
      return { problem: error.message };
    }
  }
}
