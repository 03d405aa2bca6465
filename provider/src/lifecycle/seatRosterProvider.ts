// The lifecycle of a SeatRoster, as Pulumi's dynamic-provider process calls it.
import type { dynamic } from "@pulumi/pulumi";
import type { SeatUser } from "../api/responses";
import { SeatsError } from "../model/errors";
import {
  type Member,
  type Members,
  sameMembers,
  someOf,
  withOthers,
  without,
} from "../model/roster";
import { inOrg, isUuid, productOf, rosterId, type Seat } from "../model/seat";
import { InputCheck, UNKNOWN } from "./inputs";
import { demandFor, hasOwner } from "./release";
import { changeRoster } from "./rosterChange";
import { checkRemovals, type RosterInputs, type RosterState } from "./rosterPlan";
import { log, type Run } from "./run";

const REPLACING = ["org", "productCode"] as const;

export class SeatRosterProvider implements dynamic.ResourceProvider<RosterInputs, RosterState> {
  /** The rosters of the program, by URN, with the URNs that they have in the state, if any. */
  private readonly declared = new Map<string, string | undefined>();

  constructor(private readonly run: Run) {}

  async configure({ config }: dynamic.ConfigureRequest): Promise<void> {
    this.run.configure((key) => config.get(key));
  }

  async check(
    olds: RosterInputs | undefined,
    news: RosterInputs,
  ): Promise<dynamic.CheckResult<RosterInputs>> {
    this.run.ownership.checked();
    const check = new InputCheck({ ...news });
    check.org("org", (name) => this.run.orgProblem(name));
    check.productCode("productCode");
    check.members("members");
    check.boolean("exclusive");
    check.oneOf("existing", "adopt", "reject");
    check.wholeNumber("maxRemovals");
    check.keep("__urn");
    const inputs = check.inputs as unknown as RosterInputs;
    if (["org", "productCode", "members"].every((property) => check.knows(property))) {
      for (const userId of Object.values(inputs.members)) {
        if (userId !== UNKNOWN && isUuid(userId))
          this.run.declare({ ...productOf(inputs), userId });
      }
    }
    if (inputs.__urn !== undefined) this.declared.set(inputs.__urn, olds?.__urn);
    if (check.failures.length > 0) this.run.ownership.failed();
    return { inputs, failures: check.failures };
  }

  async diff(_id: string, olds: RosterState, news: RosterInputs): Promise<dynamic.DiffResult> {
    const { ownership } = this.run;
    ownership.engineCalled();
    const replaced = REPLACING.filter((property) => olds[property] !== news[property]);
    const staying = replaced.length > 0 ? [] : this.seatsOf(olds, news.members);
    const { __urn = "" } = news;
    // A refresh asks about rosters too that the program no longer has.
    if (this.declared.has(__urn)) {
      checkRemovals(olds, news, replaced.length > 0 && !this.isSameProduct(olds, news));
    }
    const inState = this.declared.get(__urn);
    if (inState !== undefined && (inState === __urn || inState === olds.__urn)) {
      for (const seat of staying) ownership.own(this.run.seatKey(seat));
    }
    const changes =
      staying.some((seat) => ownership.wasUnassigned(this.run.seatKey(seat))) ||
      replaced.length > 0 ||
      typeof news.members !== "object" ||
      !sameMembers(olds.members, news.members) ||
      // Whomever a refresh has found is to be removed, or becomes the roster's own.
      olds.others !== undefined ||
      Boolean(olds.exclusive) !== Boolean(news.exclusive) ||
      olds.existing !== news.existing ||
      olds.maxRemovals !== news.maxRemovals;
    // An unknown value may well turn out to be the same.
    const replaces = replaced.filter((property) => news[property] !== UNKNOWN);
    return { changes, replaces, deleteBeforeReplace: false };
  }

  async create(inputs: RosterInputs): Promise<dynamic.CreateResult<RosterState>> {
    return this.run.reportingChange(async () => {
      const nobody = { ...inputs, members: {}, exclusive: false };
      const others = await this.newlyUnwanted(nobody, inputs);
      const outs = await changeRoster(this.run, nobody, inputs);
      announce(inputs, others);
      return { id: rosterId(inputs), outs };
    });
  }

  async read(id: string, state: Partial<RosterState> = {}): Promise<dynamic.ReadResult> {
    return this.run.reportingRead(async () => {
      const { org, productCode, members, exclusive, existing, maxRemovals, __urn } = state;
      if (productCode === undefined || members === undefined) {
        throw new SeatsError("A SeatRoster can't be looked up: its id doesn't hold its members.");
      }
      const product = productOf({ org, productCode });
      const holders = await this.run.product(product).all();
      const ids = new Set(holders.map(({ userId }) => userId));
      const own = Object.fromEntries(
        Object.entries(without(members, state.others)).filter(([, userId]) => ids.has(userId)),
      );
      const others = exclusive ? othersAmong(holders, own) : [];
      const { all, labels } = withOthers(own, others);
      const inputs: RosterInputs = {
        ...product,
        members: all,
        ...(exclusive !== undefined && { exclusive }),
        ...(existing && { existing }),
        ...(maxRemovals !== undefined && { maxRemovals }),
        ...(__urn !== undefined && { __urn }),
      };
      return { id, inputs, props: { ...inputs, ...(labels.length > 0 && { others: labels }) } };
    });
  }

  async update(
    _id: string,
    olds: RosterState,
    news: RosterInputs,
  ): Promise<dynamic.UpdateResult<RosterState>> {
    return this.run.reportingChange(async () => {
      const others = await this.newlyUnwanted(olds, news);
      const outs = await changeRoster(this.run, olds, news);
      announce(news, others);
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
      await changeRoster(this.run, state, { ...productOf(state), members: {} }, "delete");
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

  /** How many others hold a seat of a roster that becomes exclusive. */
  private async newlyUnwanted(olds: RosterState, news: RosterInputs): Promise<number> {
    if (!news.exclusive || olds.exclusive) return 0;
    return othersAmong(await this.run.product(news).all(), news.members).length;
  }
}

/** Whoever holds a seat and is no member, by email. */
function othersAmong(holders: readonly SeatUser[], members: Members): Member[] {
  const known = new Set(Object.values(members));
  return holders
    .filter(({ userId }) => !known.has(userId))
    .map(({ userId, email }) => [email ?? userId, userId]);
}

/** Nobody loses a seat whom no preview has named: a roster that becomes exclusive leaves others to the next refresh. */
function announce({ org, productCode }: RosterInputs, others: number): void {
  if (others === 0) return;
  log(
    `${others} others hold seats of ${inOrg(productCode, org)}. \`pulumi preview --refresh\` names them, and the next \`pulumi up --refresh\` takes their seats away.`,
  );
}
