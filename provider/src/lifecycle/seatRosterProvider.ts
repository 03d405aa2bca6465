// The lifecycle of a SeatRoster, as both entry points call it.
import type { dynamic } from "@pulumi/pulumi";
import { type Member, type Members, sameMembers, without } from "../model/roster";
import { rosterId, type Seat } from "../model/seat";
import { InputCheck, type ProgramHints, UNKNOWN } from "./inputs";
import { changeRoster, deleteRoster } from "./rosterChange";
import { describeOthers } from "./rosterMessages";
import {
  becomesExclusive,
  checkRemovals,
  differs,
  emptyRoster,
  previewPlan,
  type RosterInputs,
  type RosterState,
} from "./rosterPlan";
import { previewRoster } from "./rosterPreview";
import { keepOthers, readRoster, strangers, withoutOthers } from "./rosterRead";
import type { Run } from "./run";

export class SeatRosterProvider implements dynamic.ResourceProvider<RosterInputs, RosterState> {
  /** The rosters of the program by URN: what was checked of one that has a state, and that state if it is to be replaced. */
  private readonly declared = new Map<string, { checked?: RosterInputs; replaced?: RosterState }>();

  constructor(private readonly run: Run) {}

  async configure({ config }: dynamic.ConfigureRequest): Promise<void> {
    this.run.configure((key) => config.get(key));
  }

  async check(
    olds: RosterInputs | undefined,
    news: RosterInputs & ProgramHints,
  ): Promise<dynamic.CheckResult<RosterInputs>> {
    const { ownership } = this.run;
    const check = new InputCheck({ ...news });
    check.refuse(this.run.checked(news));
    check.productCode("productCode");
    check.members("members");
    check.boolean("exclusive");
    check.oneOf("existing", "adopt", "reject");
    check.wholeNumber("maxRemovals");
    check.keep("__urn");
    const inputs = check.inputs as unknown as RosterInputs;
    const { __urn } = inputs;
    const isKnown = check.knows("productCode");
    const isInState = olds?.productCode !== undefined;
    if (!isInState && __urn !== undefined) ownership.forget(__urn);
    if (isKnown && check.knows("members")) check.refuse(this.declare(inputs));
    if (__urn !== undefined) {
      const isNew = !isInState && !this.declared.has(__urn);
      const { replaced } = this.declared.get(__urn) ?? {};
      this.declared.set(__urn, {
        ...(isInState && { checked: inputs }),
        ...(replaced && { replaced }),
      });
      if (isNew && isKnown && check.failures.length === 0) {
        this.expect(emptyRoster(inputs), inputs);
        if (this.run.isPreview) await this.previewCreate(inputs);
      }
    }
    if (check.failures.length > 0) ownership.failed();
    else if (__urn !== undefined) ownership.activity.expect(__urn, isInState);
    return { inputs: keepOthers(olds, inputs), failures: check.failures };
  }

  async diff(_id: string, olds: RosterState, given: RosterInputs): Promise<dynamic.DiffResult> {
    const { ownership } = this.run;
    const news = withoutOthers(given);
    const { __urn = "" } = news;
    // An unknown product may well turn out to be the same.
    const replaces = isReplaced(olds, news) && news.productCode !== UNKNOWN ? ["productCode"] : [];
    const staying = isReplaced(olds, news) ? [] : seatsOf(olds, news.members);
    const changes = differs(olds, news) || staying.some(ownership.wasUnassigned);
    return ownership.diffing(async () => {
      // A refresh asks about rosters too that the program no longer has.
      const declared = this.declared.get(__urn);
      if (declared) {
        checkRemovals(olds, news);
        if (replaces.length > 0) {
          declared.replaced = olds;
          ownership.replace(seatsOf(olds, olds.members), __urn);
        }
        // With `--run-program` a refresh asks about a roster under the URN that it had before names were swapped.
        const { checked } = declared;
        const isProgramDiff = checked !== undefined && sameMembers(checked.members, news.members);
        if (isProgramDiff) for (const seat of staying) ownership.own(seat);
        if (changes) this.expect(olds, news);
        if (changes && this.run.isPreview) await this.preview(olds, news);
      }
      if (!changes) ownership.activity.unchanged(__urn);
      return { changes, replaces, deleteBeforeReplace: false };
    });
  }

  /** For a preview of a new roster, or of one that replaces another: says what the `up` will do. */
  async previewCreate(inputs: RosterInputs): Promise<RosterState> {
    const { replaced } = this.declared.get(inputs.__urn ?? "") ?? {};
    await this.preview(replaced ?? emptyRoster(inputs), inputs);
    return inputs;
  }

  /** As `previewCreate`, for a roster that changes. */
  async previewUpdate(olds: RosterState, given: RosterInputs): Promise<RosterState> {
    const news = withoutOthers(given);
    await this.preview(olds, news);
    return news;
  }

  async create(inputs: RosterInputs): Promise<dynamic.CreateResult<RosterState>> {
    return { id: rosterId(inputs), outs: await this.change(emptyRoster(inputs), inputs) };
  }

  async read(id: string, state: Partial<RosterState> = {}): Promise<dynamic.ReadResult> {
    return this.run.reading(() => readRoster(this.run, id, state));
  }

  async update(
    _id: string,
    olds: RosterState,
    given: RosterInputs,
  ): Promise<dynamic.UpdateResult<RosterState>> {
    return { outs: await this.change(olds, withoutOthers(given)) };
  }

  async delete(_id: string, state: RosterState): Promise<void> {
    await this.run.deleting(() => deleteRoster(this.run, state));
  }

  /** Returns what is wrong: another resource declares one of the seats too. */
  private declare({ productCode, exclusive, members, __urn }: RosterInputs): string | undefined {
    const { ownership } = this.run;
    const problems = Object.values(members)
      .filter((userId) => userId !== UNKNOWN)
      .map((userId) => ownership.declare({ productCode, userId }, __urn));
    if (exclusive === true && __urn !== undefined) {
      problems.push(ownership.declareExclusive({ productCode }, __urn));
    }
    return problems.find((problem) => problem !== undefined);
  }

  /** What a roster leaves behind when it gets another product is unassigned at the end of the run. */
  private expect(olds: RosterState, news: RosterInputs): void {
    const { joining = [], leaving = [] } = previewPlan(olds, news) ?? {};
    this.run.limit.expect(news, {
      joining: usersOf(joining),
      leaving: isReplaced(olds, news) ? [] : usersOf(leaving),
    });
  }

  private preview(olds: RosterState, news: RosterInputs): Promise<void> {
    return this.run.reportOnce(() => previewRoster(this.run, olds, news));
  }

  private change(olds: RosterState, news: RosterInputs): Promise<RosterState> {
    return this.run.changing(news.__urn ?? "", async () => {
      const others = becomesExclusive(olds, news) ? await strangers(this.run, news) : [];
      const state = await changeRoster(this.run, olds, news);
      if (others.length > 0) await this.run.log(describeOthers(news, others), news.__urn);
      return state;
    });
  }
}

const usersOf = (members: readonly Member[]) => members.map(([, userId]) => userId);

const isReplaced = (olds: RosterState, news: RosterInputs) => olds.productCode !== news.productCode;

/** The seats that a roster has by its state, as far as they are among some members. */
function seatsOf({ productCode, members, others }: RosterState, among: Members): Seat[] {
  if (typeof among !== "object") return [];
  const users = new Set(Object.values(among));
  return Object.values(without(members, others))
    .filter((userId) => users.has(userId))
    .map((userId) => ({ productCode, userId }));
}
