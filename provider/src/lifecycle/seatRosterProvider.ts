// The lifecycle of a SeatRoster, as both entry points call it.
import type { dynamic } from "@pulumi/pulumi";
import { SeatsError } from "../model/errors";
import { type Members, sameMembers, someOf, without } from "../model/roster";
import { inOrg, isUuid, productOf, rosterId, type Seat } from "../model/seat";
import { InputCheck, type ProgramHints, UNKNOWN } from "./inputs";
import { demandFor, hasOwner } from "./release";
import { changeRoster } from "./rosterChange";
import { keepingOthers, withoutOthers } from "./rosterOthers";
import { checkRemovals, othersAmong, type RosterInputs, type RosterState } from "./rosterPlan";
import { previewRoster } from "./rosterPreview";
import { readRoster } from "./rosterRead";
import { othersInWords } from "./rosterWords";
import type { Run } from "./run";
import { wasUnassigned } from "./siblings";

const REPLACING = ["org", "productCode"] as const;

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
    check.org("org", (name) => this.run.orgProblem(name));
    check.productCode("productCode");
    check.members("members");
    check.boolean("exclusive");
    check.oneOf("existing", "adopt", "reject");
    check.wholeNumber("maxRemovals");
    check.keep("__urn");
    const inputs = check.inputs as unknown as RosterInputs;
    const { __urn } = inputs;
    const productIsKnown = check.knows("org") && check.knows("productCode");
    if (productIsKnown && check.knows("members")) check.refuse(this.declare(inputs));
    if (__urn !== undefined) {
      const isNew = olds?.productCode === undefined && !this.declared.has(__urn);
      this.declared.set(__urn, { inState: olds?.__urn, inputs });
      if (isNew && this.run.isPreview && productIsKnown && check.failures.length === 0) {
        await this.previewCreate(inputs);
      }
    }
    if (check.failures.length > 0) this.run.ownership.failed();
    return { inputs: keepingOthers(olds, inputs), failures: check.failures };
  }

  async diff(_id: string, olds: RosterState, given: RosterInputs): Promise<dynamic.DiffResult> {
    const { ownership } = this.run;
    const news = withoutOthers(given);
    ownership.engineCalled();
    const replaced = REPLACING.filter((property) => olds[property] !== news[property]);
    const staying = replaced.length > 0 ? [] : this.seatsOf(olds, news.members);
    const { __urn = "" } = news;
    // A refresh asks about rosters too that the program no longer has.
    const declared = this.declared.get(__urn);
    const leavesAll = replaced.length > 0 && !this.isSameProduct(olds, news);
    if (declared) checkRemovals(olds, news, leavesAll);
    if (declared && replaced.length > 0) this.replaced.set(__urn, olds);
    const inState = declared?.inState;
    if (inState !== undefined && (inState === __urn || inState === olds.__urn)) {
      for (const seat of staying) ownership.own(this.run.seatKey(seat));
    }
    const unassigned = await Promise.all(staying.map((seat) => wasUnassigned(this.run, seat)));
    const changes =
      unassigned.includes(true) ||
      replaced.length > 0 ||
      typeof news.members !== "object" ||
      !sameMembers(olds.members, news.members) ||
      // Whomever a refresh has found is to be removed, or becomes the roster's own.
      olds.others !== undefined ||
      Boolean(olds.exclusive) !== Boolean(news.exclusive) ||
      olds.existing !== news.existing ||
      olds.maxRemovals !== news.maxRemovals;
    // The diff of a refresh hands in the inputs of the state.
    const isProgram = declared && sameMembers(declared.inputs.members, news.members);
    if (changes && isProgram && this.run.isPreview) await this.preview(olds, news, leavesAll);
    // An unknown value may well turn out to be the same.
    const replaces = replaced.filter((property) => news[property] !== UNKNOWN);
    return { changes, replaces, deleteBeforeReplace: false };
  }

  /** For a preview of a new roster, or of one that replaces another: says what the `up` will do. */
  async previewCreate(inputs: RosterInputs): Promise<RosterState> {
    const before = this.replaced.get(inputs.__urn ?? "");
    if (!before) await this.preview(nobodyOf(inputs), inputs, false);
    else await this.preview(before, inputs, !this.isSameProduct(before, inputs));
    return inputs;
  }

  /** As `previewCreate`, for a roster that changes. */
  async previewUpdate(olds: RosterState, given: RosterInputs): Promise<RosterState> {
    const news = withoutOthers(given);
    await this.preview(olds, news, false);
    return news;
  }

  async create(inputs: RosterInputs): Promise<dynamic.CreateResult<RosterState>> {
    return this.run.reportingChange(async () => {
      const nobody = nobodyOf(inputs);
      const others = await this.newlyUnwanted(nobody, inputs);
      const outs = await changeRoster(this.run, nobody, inputs);
      await this.announce(inputs, others);
      return { id: rosterId(inputs), outs };
    });
  }

  async read(id: string, state: Partial<RosterState> = {}): Promise<dynamic.ReadResult> {
    return this.run.reportingRead(() => readRoster(this.run, id, state));
  }

  async update(
    _id: string,
    olds: RosterState,
    given: RosterInputs,
  ): Promise<dynamic.UpdateResult<RosterState>> {
    return this.run.reportingChange(async () => {
      const news = withoutOthers(given);
      const others = await this.newlyUnwanted(olds, news);
      const outs = await changeRoster(this.run, olds, news);
      await this.announce(news, others);
      return { outs };
    });
  }

  async delete(_id: string, state: RosterState): Promise<void> {
    await this.run.reportingOnce(async () => {
      // Before anything is removed: Pulumi takes no partial result of a delete.
      const ownerless = await this.withoutOwner(this.seatsOf(state, state.members));
      if (ownerless.length > 0) {
        throw new SeatsError(
          `Kept the seats of ${inOrg(state.productCode, state.org)} of this roster: the resources that declare ${someOf(ownerless.map(({ userId }) => userId))} now don't own them yet. Fix what keeps those from being created, and run \`pulumi up\` again.`,
        );
      }
      const nobody = {
        ...productOf(state),
        ...(state.__urn && { __urn: state.__urn }),
        members: {},
      };
      await changeRoster(this.run, state, nobody, "delete");
    });
  }

  /** Those of the seats that the program declares, and that no resource of it owns. */
  private async withoutOwner(seats: readonly Seat[]): Promise<Seat[]> {
    const ownerless = await Promise.all(
      seats.map(async (seat) => {
        const isWanted = (await demandFor(this.run, seat, "delete")) === "wanted";
        return isWanted && !(await hasOwner(this.run, seat));
      }),
    );
    return seats.filter((_, n) => ownerless[n]);
  }

  /** Whether the product is the same, though its org is called by another name. */
  private isSameProduct(olds: RosterState, news: RosterInputs): boolean {
    const [before, after] = [olds, news].map((roster) =>
      this.run.seatKey({ ...roster, userId: "" }),
    );
    return before === after;
  }

  /** The seats that a roster has by its state, as far as they are among some members. */
  private seatsOf(state: RosterState, among: Members): Seat[] {
    if (typeof among !== "object") return [];
    const wanted = new Set(Object.values(among));
    return Object.values(without(state.members, state.others))
      .filter((userId) => wanted.has(userId))
      .map((userId) => ({ ...productOf(state), userId }));
  }

  /** Returns what is wrong: another resource declares one of the seats too. */
  private declare(roster: RosterInputs): string | undefined {
    const { exclusive, members, __urn } = roster;
    const problems = Object.values(members)
      .filter((userId) => userId !== UNKNOWN && isUuid(userId))
      .map((userId) => this.run.declare({ ...productOf(roster), userId }, __urn));
    if (exclusive === true) problems.push(this.run.declareAll(roster, __urn));
    return problems.find((problem) => problem !== undefined);
  }

  private preview(olds: RosterState, news: RosterInputs, leavesAll: boolean): Promise<void> {
    return this.run.reportingOnce(() => previewRoster(this.run, olds, news, leavesAll));
  }

  /** The others who hold a seat of a roster that becomes exclusive, by email. */
  private async newlyUnwanted(olds: RosterState, news: RosterInputs): Promise<string[]> {
    if (!news.exclusive || olds.exclusive) return [];
    return othersAmong(await this.run.product(news).all(), news.members).map(([label]) => label);
  }

  private async announce(roster: RosterInputs, others: readonly string[]): Promise<void> {
    if (others.length > 0) await this.run.log(othersInWords(roster, others), roster.__urn);
  }
}

const nobodyOf = (inputs: RosterInputs): RosterState => ({
  ...inputs,
  members: {},
  exclusive: false,
});
