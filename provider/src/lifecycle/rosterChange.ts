// Brings a roster about: who loses a seat, who gets one, and what became of it.
import { causeOf } from "../api/errors";
import { SeatsError } from "../model/errors";
import { type Member, type Members, notAmong, someOf, withOthers, without } from "../model/roster";
import { inOrg, type Product, rosterId, waysOut } from "../model/seat";
import type { ProductSeats } from "../seats/productSeats";
import type { Result } from "../seats/writes";
import { Progress } from "./progress";
import { type Run, say } from "./run";

export interface RosterInputs extends Product {
  readonly members: Members;
  /** Absent means false. */
  readonly exclusive?: boolean;
  /** Absent means "adopt". */
  readonly existing?: "adopt" | "reject";
}

/** What the state holds. `members` are those who hold a seat. */
export interface RosterState extends RosterInputs {
  /** Of an exclusive roster, after a refresh: the labels of those members that it doesn't own. */
  readonly others?: readonly string[];
}

/** A change that was done in part. Pulumi records `properties`, and takes the resource for not fully made. */
export class PartialChange extends SeatsError {
  readonly id: string;
  constructor(
    message: string,
    product: Product,
    readonly properties: RosterState,
    readonly reasons: readonly string[],
  ) {
    super(message);
    this.id = rosterId(product);
  }
}

/**
 * Makes the seats what `news` wants, starting from what the state `olds` says: removals first, then grants.
 *
 * @returns the new state, which may still hold members who are another resource's from the next run on
 * @throws PartialChange when some was done and some not; SeatsError when nothing was
 */
export async function changeRoster(
  run: Run,
  olds: RosterState,
  news: RosterInputs,
): Promise<RosterState> {
  const { org, productCode } = news;
  const product = inOrg(productCode, org);
  const seats = run.product(news);
  const owned = Object.fromEntries(
    Object.entries(without(olds.members, olds.others)).filter(
      // Whose seat this run took away before it knew better needs it again.
      ([, userId]) => !run.program.took({ org, productCode, userId }),
    ),
  );
  const leaving = notAmong(news.exclusive ? olds.members : owned, news.members);
  const { joining, adopted } = await newcomers(seats, news, notAmong(news.members, owned));

  own(run, news, adopted);

  const removals = await each("unassigned", leaving, (userId) => seats.unassign(userId));
  const grants = await each("assigned", joining, (userId) => seats.assign(userId));
  const already = joining.filter(([label]) => grants.get(label) === "already");
  if (news.existing !== "reject") adopt(product, already);
  else for (const [label] of already) grants.set(label, new SeatsError("already holds a seat."));
  const stuck = failuresOf(removals);
  const refused = failuresOf(grants);

  own(
    run,
    news,
    joining.filter(([label]) => !refused.has(label)),
  );

  const kept = leaving.filter(([label]) => removals.get(label) === "kept");
  const ownerless = await handOver(run, news, kept);
  const staying = leaving.filter((member) => stuck.has(member[0]) || ownerless.includes(member));
  const { all, labels } = withOthers(without(news.members, [...refused.keys()]), staying);
  // Whoever could not be removed is the roster's still, unless they never were.
  const strangers = labels.filter((_, n) => olds.others?.includes(staying[n]?.[0] ?? ""));
  const state = { ...news, members: all, ...(strangers.length > 0 && { others: strangers }) };
  if (stuck.size + refused.size === 0) return state;

  const reasons = [...inWords(stuck), ...inWords(refused)];
  const message = `${stuck.size + refused.size} of ${leaving.length + joining.length} changes to the seats of ${product} failed. ${reasons.join(" ")}`;
  const nothingDone = stuck.size === leaving.length && refused.size === joining.length;
  if (nothingDone && adopted.length === 0) throw new SeatsError(message);
  throw new PartialChange(message, news, state, reasons);
}

function own(run: Run, { org, productCode }: Product, members: readonly Member[]): void {
  for (const [, userId] of members) run.program.own({ org, productCode, userId });
}

/** Lets go of seats that the program declares elsewhere. Answers those whom no other resource has taken over. */
async function handOver(run: Run, product: Product, members: readonly Member[]): Promise<Member[]> {
  const { org, productCode } = product;
  const seats = members.map(([, userId]) => ({ org, productCode, userId }));
  const ownerless = new Set((await run.program.withoutOwner(seats)).map(({ userId }) => userId));
  const kept = members.filter(([, userId]) => ownerless.has(userId));
  const gone = members.filter(([, userId]) => !ownerless.has(userId));
  if (gone.length > 0) {
    say(
      `Left the seats of ${inOrg(productCode, org)} of ${someOf(labelsOf(gone))} in place: other resources of this program declare them.`,
    );
  }
  if (kept.length > 0) {
    say(
      `Kept the seats of ${inOrg(productCode, org)} of ${someOf(labelsOf(kept))}: the resources that declare them now have not taken them over yet. Once they have, the next \`pulumi up\` lets go of them.`,
    );
  }
  return kept;
}

/** Tells newcomers who need a seat from those who hold one, to be adopted. */
async function newcomers(
  seats: ProductSeats,
  { org, productCode, existing }: RosterInputs,
  members: readonly Member[],
): Promise<{ joining: Member[]; adopted: Member[] }> {
  const product = inOrg(productCode, org);
  const joining: Member[] = [];
  const adopted: Member[] = [];
  for (const member of members) {
    if (await seats.find(member[1])) adopted.push(member);
    else joining.push(member);
  }
  if (adopted.length > 0 && existing === "reject") {
    throw new SeatsError(
      `Nothing was changed: ${someOf(labelsOf(adopted))} already hold seats of ${product}, and \`existing\` is "reject". ` +
        waysOut("these seats"),
    );
  }
  adopt(product, adopted);
  return { joining, adopted };
}

function adopt(product: string, members: readonly Member[]): void {
  if (members.length === 0) return;
  say(
    `Adopted the seats of ${product} that ${someOf(labelsOf(members))} already hold: this stack owns them now.`,
  );
}

/** Does all at once, for the requests to be grouped; answers what became of each, by label. */
async function each(
  verb: string,
  members: readonly Member[],
  write: (userId: string) => Promise<Result>,
): Promise<Map<string, Result | Error>> {
  const progress = new Progress(verb, members.length);
  const results = new Map<string, Result | Error>();
  await Promise.all(
    members.map(async ([label, userId]) => {
      results.set(label, await write(userId).catch((error: Error) => error));
      progress.step();
    }),
  );
  return results;
}

function failuresOf(results: ReadonlyMap<string, Result | Error>): Map<string, Error> {
  const failed = [...results].filter(
    (entry): entry is [string, Error] => entry[1] instanceof Error,
  );
  return new Map(failed);
}

const labelsOf = (members: readonly Member[]) => members.map(([label]) => label);

/** One sentence for each cause, with the labels of those whom it struck. */
function inWords(failures: ReadonlyMap<string, Error>): string[] {
  const byCause = new Map<unknown, { labels: string[]; message: string }>();
  for (const [label, error] of failures) {
    const cause = causeOf(error);
    const told = byCause.get(cause) ?? { labels: [], message: error.message };
    told.labels.push(label);
    byCause.set(cause, told);
  }
  return [...byCause.values()].map(({ labels, message }) => `${someOf(labels)}: ${message}`);
}
