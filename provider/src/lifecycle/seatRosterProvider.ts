// The lifecycle of a SeatRoster, as both entry points call it.
import type { dynamic } from "@pulumi/pulumi";
import { SeatsError } from "../model/errors";
import { labelsOf, type Members, sameMembers, someOf, without } from "../model/roster";
import { isUuid, rosterId, type Seat, seatId } from "../model/seat";
import { InputCheck, type ProgramHints, UNKNOWN } from "./inputs";
import { hasOwner, isDemanded } from "./release";
import { changeRoster } from "./rosterChange";
import { keepingOthers, withoutOthers } from "./rosterOthers";
import {
  becomesExclusive,
  checkRemovals,
  emptyRoster,
  isProductKnown,
  othersAmong,
  type RosterInputs,
  type RosterState,
  rosterDiff,
} from "./rosterPlan";
import { previewRoster } from "./rosterPreview";
import { readRoster } from "./rosterRead";
import { othersInWords } from "./rosterWords";
import type { Run } from "./run";

interface Declared {
  /** The URN that the roster has in the state, if any. */
  readonly inState?: string | undefined;
  readonly inputs: RosterInputs;
}

export class SeatRosterProvider implements dynamic.ResourceProvider<RosterInputs, RosterState> {
  /** The rosters of the program, by URN. */
  private readonly declared = new Map<string, Declared>();
  /** The states of the rosters that are to be replaced, by URN. */
  private readonly replaced = new Map<string, RosterState>();

  constructor(private readonly run: Run) {}

  async configure({ config }: dynamic.ConfigureRequest): Promise<void> {
    this.run.configure((key) => config.get(key));
  }

  async check(
    olds: RosterInputs | undefined,
    news: RosterInputs & ProgramHints,
  ): Promise<dynamic.CheckResult<RosterInputs>> {
    this.run.ownership.checked();
    this.run.isPreview ||= news.__preview === true;
    const check = new InputCheck({ ...news });
    check.productCode("productCode");
    check.members("members");
    check.boolean("exclusive");
    check.oneOf("existing", "adopt", "reject");
    check.wholeNumber("maxRemovals");
    check.keep("__urn");
    const inputs = check.inputs as unknown as RosterInputs;
    const { __urn } = inputs;
    const productIsKnown = check.knows("productCode");
    if (productIsKnown && check.knows("members")) check.refuse(this.declare(inputs));
    if (__urn !== undefined) {
      const isNew = olds?.productCode === undefined && !this.declared.has(__urn);
      this.declared.set(__urn, { inState: olds?.__urn, inputs });
      if (isNew && this.run.isPreview && productIsKnown && check.failures.length === 0) {
        await this.previewCreate(inputs);
      }
    }
    if (check.failures.length > 0) this.run.ownership.failed();
    else if (__urn !== undefined) this.run.ownership.changes.await(__urn);
    return { inputs: keepingOthers(olds, inputs), failures: check.failures };
  }

  async diff(_id: string, olds: RosterState, given: RosterInputs): Promise<dynamic.DiffResult> {
    const { ownership } = this.run;
    ownership.engineCalled();
    const news = withoutOthers(given);
    const { __urn = "" } = news;
    const { changed, replacing } = rosterDiff(olds, news);
    const staying = replacing.length > 0 ? [] : this.seatsOf(olds, news.members);
    const changes = changed || staying.some((seat) => ownership.wasUnassigned(seatId(seat)));
    if (!changes) ownership.changes.came(__urn);
    // A refresh asks about rosters too that the program no longer has.
    const declared = this.declared.get(__urn);
    if (declared) {
      const leavesAll = this.leavesAll(olds, news);
      checkRemovals(olds, news, leavesAll);
      if (replacing.length > 0) this.replaced.set(__urn, olds);
      this.recordOwned(declared, olds, staying);
      if (changes) await this.previewIfProgram(declared, olds, news, leavesAll);
    }
    // An unknown value may well turn out to be the same.
    const replaces = replacing.filter((property) => news[property] !== UNKNOWN);
    return { changes, replaces, deleteBeforeReplace: false };
  }

  /** For a preview of a new roster, or of one that replaces another: says what the `up` will do. */
  async previewCreate(inputs: RosterInputs): Promise<RosterState> {
    const before = this.replaced.get(inputs.__urn ?? "") ?? emptyRoster(inputs);
    await this.preview(before, inputs, this.leavesAll(before, inputs));
    return inputs;
  }

  /** As `previewCreate`, for a roster that changes. */
  async previewUpdate(olds: RosterState, given: RosterInputs): Promise<RosterState> {
    const news = withoutOthers(given);
    await this.preview(olds, news, false);
    return news;
  }

  async create(inputs: RosterInputs): Promise<dynamic.CreateResult<RosterState>> {
    return { id: rosterId(inputs), outs: await this.change(emptyRoster(inputs), inputs) };
  }

  async read(id: string, state: Partial<RosterState> = {}): Promise<dynamic.ReadResult> {
    return this.run.reportingRead(() => readRoster(this.run, id, state));
  }

  async update(
    _id: string,
    olds: RosterState,
    given: RosterInputs,
  ): Promise<dynamic.UpdateResult<RosterState>> {
    return { outs: await this.change(olds, withoutOthers(given)) };
  }

  async delete(_id: string, state: RosterState): Promise<void> {
    await this.run.errors.reportOnce(async () => {
      // Before anything is removed: Pulumi takes no partial result of a delete.
      const ownerless = await this.withoutOwner(state);
      if (ownerless.length > 0) {
        throw new SeatsError(
          `Kept the seats of ${state.productCode} of this roster: the resources that declare ${someOf(ownerless.map(({ userId }) => userId))} now don't own them yet. Fix what keeps those from being created, and run \`pulumi up\` again.`,
        );
      }
      await changeRoster(this.run, state, emptyRoster(state), "delete");
    });
  }

  /** A roster of the program owns what its state holds: its own state, which its check has shown. */
  private recordOwned(
    { inState, inputs }: Declared,
    olds: RosterState,
    staying: readonly Seat[],
  ): void {
    if (inState === undefined || (inState !== inputs.__urn && inState !== olds.__urn)) return;
    for (const seat of staying) this.run.ownership.own(seatId(seat));
  }

  private async previewIfProgram(
    { inputs }: Declared,
    olds: RosterState,
    news: RosterInputs,
    leavesAll: boolean,
  ): Promise<void> {
    // The diff of a refresh hands in the inputs of the state.
    const isProgramDiff = sameMembers(inputs.members, news.members);
    if (isProgramDiff && this.run.isPreview) await this.preview(olds, news, leavesAll);
  }

  /**
   * The roster's seats that the program declares, and that no resource of it owns.
   *
   * @throws SeatsError when there is none, but it is not known of a seat whether the program declares it
   */
  private async withoutOwner(state: RosterState): Promise<Seat[]> {
    const { __urn: releasing } = state;
    const seats = this.seatsOf(state, state.members);
    const results = await Promise.allSettled(
      seats.map(async (seat) => {
        return (
          (await isDemanded(this.run, { ...seat, releasing }, "delete")) &&
          !(await hasOwner(this.run, seat))
        );
      }),
    );
    const ownerless = seats.filter((_, n) => {
      const result = results[n];
      return result?.status === "fulfilled" && result.value;
    });
    const notKnown = results.find(({ status }) => status === "rejected");
    if (ownerless.length === 0 && notKnown) throw (notKnown as PromiseRejectedResult).reason;
    return ownerless;
  }

  /**
   * Whether a change unassigns all seats of the state, as far as is known: to another product, and not only to another
   * name of its org.
   */
  private leavesAll(olds: RosterState, news: RosterInputs): boolean {
    if (!isProductKnown(news)) return false;
    return olds.productCode !== news.productCode;
  }

  /** The seats that a roster has by its state, as far as they are among some members. */
  private seatsOf(state: RosterState, among: Members): Seat[] {
    if (typeof among !== "object") return [];
    const wanted = new Set(Object.values(among));
    return Object.values(without(state.members, state.others))
      .filter((userId) => wanted.has(userId))
      .map((userId) => ({ productCode: state.productCode, userId }));
  }

  /** Returns what is wrong: another resource declares one of the seats too. */
  private declare(roster: RosterInputs): string | undefined {
    const { exclusive, members, __urn } = roster;
    const problems = Object.values(members)
      .filter((userId) => userId !== UNKNOWN && isUuid(userId))
      .map((userId) =>
        this.run.ownership.declare({ productCode: roster.productCode, userId }, __urn),
      );
    if (exclusive === true)
      problems.push(this.run.ownership.declareExclusive(roster.productCode, __urn));
    return problems.find((problem) => problem !== undefined);
  }

  private preview(olds: RosterState, news: RosterInputs, leavesAll: boolean): Promise<void> {
    return this.run.errors.reportOnce(() => previewRoster(this.run, olds, news, leavesAll));
  }

  private change(olds: RosterState, news: RosterInputs): Promise<RosterState> {
    return this.run.reportingChange(news.__urn ?? "", async () => {
      const others = await this.othersOnBecomingExclusive(olds, news);
      const state = await changeRoster(this.run, olds, news);
      if (others.length > 0) await this.run.log(othersInWords(news, others), news.__urn);
      return state;
    });
  }

  /** By email, who else holds a seat of a roster that becomes exclusive. */
  private async othersOnBecomingExclusive(
    olds: RosterState,
    news: RosterInputs,
  ): Promise<string[]> {
    if (!becomesExclusive(olds, news)) return [];
    return labelsOf(othersAmong(await this.run.product(news).all(), news.members));
  }
}
